// Preloaded by built.ts: makes both outputs seem to be a terminal of so many columns.
const { WriteStream } = require("node:tty");

for (const stream of [process.stdout, process.stderr]) {
  const { getColorDepth } = WriteStream.prototype;
  Object.assign(stream, { isTTY: true, columns: Number(process.env["TERMINAL_COLUMNS"]), getColorDepth });
}
