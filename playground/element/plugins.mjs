// What Element's own build (webpack) does and esbuild does not by itself.
import fs from "node:fs";
import path from "node:path";

const text = (file) => fs.readFileSync(file, "utf8");
const camel = (name) => name.replace(/[-:]([a-z])/g, (_, letter) => letter.toUpperCase());

/** Modules that are not there, or of which a page needs next to nothing. */
const STANDINS = new Map([
    [/^\$webapp\/i18n\/languages\.json$/, 'export default "/i18n/languages.json"'],
    [/opus-recorder\/dist\/\w+Worker\.min\.js$|\/RecorderWorklet$/, 'export default ""'], // no voice
    [/^(fs|path|crypto)$/, "module.exports = {}"],
    [
        /^matrix-web-i18n$/, // a tool for translators, of which three names are used
        `export const KEY_SEPARATOR = "|";
         export const normalizeLanguageKey = (key) => key.toLowerCase().replace("_", "-");
         export const getNormalizedLanguageKeys = (key) => {
             const whole = normalizeLanguageKey(key);
             return [...new Set([whole, whole.split("-")[0]])];
         };`,
    ],
]);

export const standins = {
    name: "stand-ins",
    setup(build) {
        for (const [filter, contents] of STANDINS) {
            const namespace = `standin-${filter.source}`;
            build.onResolve({ filter }, ({ path }) => ({ path, namespace }));
            build.onLoad({ filter: /.*/, namespace }, () => ({ contents, loader: "js" }));
        }
    },
};

/** `!!raw-loader!./x`: the text of a file. */
export const raw = {
    name: "raw",
    setup(build) {
        const filter = /^!!raw-loader!/;
        build.onResolve({ filter }, ({ path: asked, resolveDir }) => {
            const file = path.resolve(resolveDir, asked.replace(filter, ""));
            const found = ["", ".js", ".ts"].map((end) => file + end).find(fs.existsSync);
            return { path: found, namespace: "raw" };
        });
        build.onLoad({ filter: /.*/, namespace: "raw" }, ({ path: file }) => ({
            contents: text(file),
            loader: "text",
        }));
    },
};

/** A drawing, as an address and as the component `Icon`. */
export const drawings = {
    name: "drawings",
    setup(build) {
        build.onLoad({ filter: /\.svg$/ }, ({ path: file }) => {
            const source = text(file);
            const [, head, inside] = /<svg([^>]*)>([\s\S]*)<\/svg>/.exec(source);
            const attributes = {};
            for (const [, name, value] of head.matchAll(/([\w:-]+)\s*=\s*"([^"]*)"/g)) {
                if (!/^(class|style|xmlns)/.test(name)) attributes[camel(name)] = value;
            }
            const address = `data:image/svg+xml,${encodeURIComponent(source)}`;
            const contents = `import React from "react";
                const attributes = ${JSON.stringify(attributes)};
                const dangerouslySetInnerHTML = { __html: ${JSON.stringify(inside)} };
                export default ${JSON.stringify(address)};
                export const Icon = (given) =>
                    React.createElement("svg", { ...attributes, ...given, dangerouslySetInnerHTML });`;
            return { contents, loader: "js", resolveDir: path.dirname(file) };
        });
    },
};

/** Small changes in Element's own files. */
export const changes = {
    name: "changes",
    setup(build) {
        // workers are built by us, with another ending
        build.onLoad({ filter: /workers\/\w+Factory\.ts$/ }, ({ path: file }) => ({
            contents: text(file).replace(".worker.ts", ".worker.js"),
            loader: "ts",
        }));
        // its emoji font draws 1️⃣ as a black box; the system's does not
        build.onLoad({ filter: /utils\/FontManager\.ts$/ }, () => ({
            contents: "export async function fixupColorFonts() {}",
            loader: "ts",
        }));
    },
};
