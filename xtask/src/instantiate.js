
// Streaming compilation asks for the right media type; a server that names another one only loses the streaming.
async function instantiate(request, imports) {
    const response = await request;
    if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
    const type = response.headers.get("Content-Type") ?? "";
    if (type.startsWith("application/wasm")) return WebAssembly.instantiateStreaming(response, imports);
    return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
