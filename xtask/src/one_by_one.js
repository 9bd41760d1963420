
// The runner's server gives each connection a thread of its own for as long as it is open, and now and then forgets one
// that comes while another is being handed over: it counts the thread that is about to take the other as free, and starts
// none. Up to four connections have threads from the start. Chunks asked for one after the other need a single one.
let asked = Promise.resolve();
function fetch(address) {
    const answer = asked.then(async () => {
        const response = await globalThis.fetch(address);
        // The connection is free for the next one when all of this one has come.
        return new Response(await response.arrayBuffer(), response);
    });
    asked = answer.catch(() => {});
    return answer;
}
