// What no error may show of a setting that a program has marked as secret, beyond the setting itself. A leaf; called by the plugin.

/** All texts in a value, in JSON too, and those parts of a path or an address that errors name by themselves. */
export function hiddenTexts(value: unknown): string[] {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).flatMap(hiddenTexts);
  }
  const text = String(value ?? "");
  const inside = /^\s*[[{]/.test(text) ? hiddenTexts(jsonIn(text)) : [];
  const { host = "", hostname = "", pathname = "" } = URL.canParse(text) ? new URL(text) : {};
  return [text, text.replace(/^~/, ""), host, hostname, ...pathname.split("/"), ...inside].filter(Boolean);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
