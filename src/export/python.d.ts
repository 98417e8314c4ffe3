/** The bundler turns them into their text. */
declare module '*.py' {
  const text: string;
  export = text;
}
