/** The bundler gives their text. */
declare module '*.py' {
  const text: string;
  export = text;
}
