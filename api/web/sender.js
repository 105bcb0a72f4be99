// What sends a file in pieces, apart from the pages' script: it is fetched when a file is chosen, not before.
export { Upload } from "tus-js-client";
