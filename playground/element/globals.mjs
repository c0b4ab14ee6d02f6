// Two of node's globals that Element's libraries expect.
import process from "process/browser.js";

export { Buffer } from "buffer";
export { process };
