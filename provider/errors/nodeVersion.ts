// Refuses a Node that is too old before undici is loaded, or the emulator or the plugin started: all would fail without
// saying why. Imported by their entries before anything else. A leaf.

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  const message = `pulumi-vpcep needs Node 22.19 or newer, and this is ${process.versions.node}: put a newer \`node\` first on PATH [VPCEP_CONFIG]`;
  // The host prints an error and its stack: made to read as one clean line.
  throw Object.assign(new Error(message), { code: "VPCEP_CONFIG", stack: message, toString: () => "Error" });
}

export {};
