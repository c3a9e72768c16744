// Preloaded by built.ts: makes both outputs seem to be a terminal of so many columns.
for (const stream of [process.stdout, process.stderr]) {
  Object.assign(stream, { isTTY: true, columns: Number(process.env["TERMINAL_COLUMNS"]) });
}
