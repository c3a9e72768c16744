// `npm run docs`, after typedoc: follows every link of the site that it has written, to files and to anchors in them.
import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { root } from "./pages";

const site = join(root, "docs", "api");
const files = new Set(globSync("**/*.*", { cwd: site }).map((file) => file.replaceAll("\\", "/")));
const pages = [...files].filter((file) => file.endsWith(".html"));
const anchors = new Map(
  pages.map((page) => {
    const text = readFileSync(join(site, page), "utf8");
    return [page, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))] as const;
  }),
);

let followed = 0;
const dead = pages.flatMap((page) => {
  const text = readFileSync(join(site, page), "utf8");
  const targets = [...text.matchAll(/ (?:href|src)="(?!https:|data:)([^"]*)"/g)].map(
    ([, target = ""]) => target,
  );
  followed += targets.length;
  return targets
    .filter((target) => {
      const [path = "", anchor] = target.split("#");
      const file =
        path === "" ? page : posix.join(posix.dirname(page), decodeURI(path.replace(/\/$/, "/index.html")));
      const known = anchors.get(file);
      return (
        !files.has(file) || (anchor !== undefined && anchor !== "" && known && !known.has(decodeURI(anchor)))
      );
    })
    .map((target) => `${page}: ${target}`);
});
console.log(`${pages.length} pages, ${followed} links, ${dead.length} of them dead`);
if (dead.length > 0 || followed === 0) {
  console.error(dead.join("\n"));
  process.exitCode = 1;
}
