// Element's style sheets, written for postcss, as one plain style sheet.
import fs from "node:fs";
import postcss from "postcss";
import easings from "postcss-easings";
import hexrgba from "postcss-hexrgba";
import imports from "postcss-import";
import mixins from "postcss-mixins";
import nested from "postcss-nested";
import scss from "postcss-scss";
import variables from "postcss-simple-vars";

export async function styles(file) {
    const steps = [imports(), mixins(), variables(), nested(), easings(), hexrgba()];
    const options = { from: file, parser: scss, map: false };
    return (await postcss(steps).process(fs.readFileSync(file, "utf8"), options)).css;
}
