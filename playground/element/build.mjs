// From node_modules to dist: the page, its workers, its languages and its style sheet. No network.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

import { changes, drawings, raw, standins } from "./plugins.mjs";
import { styles } from "./styles.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const sdk = path.join(here, "node_modules/matrix-react-sdk");
const dist = path.join(here, "dist");
const FILES = [".gif", ".jpg", ".mp3", ".ogg", ".png", ".ttf", ".wasm", ".woff", ".woff2"];
const asFile = Object.fromEntries(FILES.map((end) => [end, "file"]));

const common = {
    absWorkingDir: here,
    assetNames: "[name]-[hash]",
    bundle: true,
    chunkNames: "[name]-[hash]",
    define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
    format: "esm",
    inject: ["globals.mjs"],
    loader: asFile,
    logLevel: "warning",
    minify: true,
    outdir: path.join(dist, "bundle"),
    plugins: [standins, raw, drawings, changes],
    publicPath: "/bundle/",
    target: "es2022",
    tsconfigRaw: {
        compilerOptions: { experimentalDecorators: true, jsx: "react", useDefineForClassFields: true },
    },
};

async function page() {
    await build({ ...common, entryPoints: { main: "main.js" }, splitting: true });
    const workers = ["blurhash", "indexeddb", "playback"].map((name) => [
        `${name}.worker`,
        `${sdk}/src/workers/${name}.worker.ts`,
    ]);
    await build({ ...common, entryPoints: Object.fromEntries(workers), format: "iife" });
    for (const name of ["index.html", "page.css"]) fs.copyFileSync(name, path.join(dist, name));
    fs.cpSync(path.join(sdk, "res/media"), path.join(dist, "media"), { recursive: true }); // sounds
}

/** A page apart, without rights, in which Element hands a file to the browser as a download. */
async function downloads() {
    const entryPoints = { usercontent: `${sdk}/src/usercontent/index.ts` };
    await build({ ...common, entryPoints, format: "iife" }); // it may load no modules
    fs.mkdirSync(path.join(dist, "usercontent"));
    const html = '<!doctype html><script src="/bundle/usercontent.js" defer></script>';
    fs.writeFileSync(path.join(dist, "usercontent/index.html"), html);
}

function languages() {
    const folder = path.join(dist, "i18n");
    fs.mkdirSync(folder);
    for (const [code, file] of Object.entries({ en: "en_EN", nl: "nl" })) {
        fs.copyFileSync(`${sdk}/src/i18n/strings/${file}.json`, path.join(folder, `${code}.json`));
    }
    const list = JSON.stringify({ en: "en.json", nl: "nl.json" });
    fs.writeFileSync(path.join(folder, "languages.json"), list);
}

async function styleSheet() {
    const source = path.join(sdk, "res/themes/light/css/light.pcss");
    await build({
        ...common,
        inject: [],
        loader: { ...asFile, ".svg": "file" },
        outdir: undefined,
        outfile: path.join(dist, "bundle/light.css"),
        plugins: [],
        stdin: { contents: await styles(source), loader: "css", resolveDir: path.dirname(source) },
    });
}

process.chdir(here);
fs.rmSync(dist, { force: true, recursive: true });
fs.mkdirSync(dist, { recursive: true });
languages();
await page();
await downloads();
await styleSheet();
