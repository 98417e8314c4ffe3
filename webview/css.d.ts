/** Style sheets are imported for the bundler, which writes them into one file. */
declare module '*.css';
