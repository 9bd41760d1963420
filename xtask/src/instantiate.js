
// The build writes the same mark into all files of a release. Wasm calls its parts by number, so that those of two releases
// must not run together.
export const release = "@release@";

// Compiles Wasm of this release. What is of another one may be a copy that the browser kept: then the server is asked once more.
export async function compiled(request) {
  let response = await request;
  for (let isLast = false; ; isLast = true) {
    if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
    // Streaming compilation asks for the right media type; a server that names another one only loses the streaming.
    const type = response.headers.get("Content-Type") ?? "";
    const module = type.startsWith("application/wasm")
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
    const [mark] = WebAssembly.Module.customSections(module, "release");
    if (mark && new TextDecoder().decode(mark) === release) return module;
    if (isLast) break;
    response = await fetch(response.url, { cache: "reload" });
  }
  // What the screens say of it.
  globalThis.mondaiOtherRelease = {};
  throw Object.assign(new Error(`${response.url}: of another release`), { code: "other-release" });
}

async function instantiate(request, imports) {
  return WebAssembly.instantiate(await compiled(request), imports);
}
