/** Files that hold no text, by the ends of their names. The menus of package.json leave out the same. */
export const binaryFile =
  /^\.(png|jpe?g|gif|webp|bmp|ico|tiff?|svg|pdf|zip|gz|tgz|tar|7z|rar|xz|bz2|exe|dll|so|dylib|bin|o|a|wasm|class|jar|mp[34]|mov|avi|mkv|wav|ogg|flac|woff2?|ttf|otf|eot|sqlite3?|db|safetensors|np[yz]|pkl|pt|pth|pyc|docx?|xlsx?|pptx?|odt|ods|ipynb|vsix)$/i;
