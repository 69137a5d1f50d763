import { describe, expect, it } from '@jest/globals';
import type { Web } from '../provider.js';
import { configurationIn, waysFromPage } from './circuit-page.js';

const PAGE = '<html><script src="../commonv2/javascript/live.min.js?v=1"></script><script type="text/javascript" src="javascript/config.js"></script></html>';
const CONFIG = 'var configPort = 8090;\nvar configHost = "feed.example";\n';

/** Pages by address; one that says `-> address` is found there. */
function webOf(pages: Record<string, string>): Web & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    read: ({ href }) => {
      asked.push(href);
      const text = pages[href];
      const moved = /^-> (.*)$/.exec(text ?? '')?.[1];
      return Promise.resolve(text === undefined ? null : { address: new URL(moved ?? href), text: moved === undefined ? text : (pages[moved] ?? '') });
    },
  };
}

describe(waysFromPage.name, () => {
  it.each([
    ['https://live.example/oval/', 'https://live.example/oval/javascript/config.js', 'https://live.example/commonv2/functions/live_ajax.php'],
    ['https://live.example/oval', 'https://live.example/oval/javascript/config.js', 'https://live.example/commonv2/functions/live_ajax.php'],
    ['https://live.example/oval/#live', 'https://live.example/oval/javascript/config.js', 'https://live.example/commonv2/functions/live_ajax.php'],
    ['https://www.example/live-timing/oval/index.html?lang=es', 'https://www.example/live-timing/oval/javascript/config.js', 'https://www.example/live-timing/commonv2/functions/live_ajax.php'],
  ])('leads from %s over the configuration to the encrypted socket, the plain one, and the poll', async (address, script, poll) => {
    const web = webOf({ [address.replace('#live', '')]: PAGE, [script]: CONFIG });
    const reached = await waysFromPage(new URL(address), web);
    expect(reached).toMatchObject({ ways: { sockets: ['wss://feed.example:8093/', 'ws://feed.example:8092/'] } });
    const request = 'ways' in reached ? reached.ways.poll?.start(0).request(0) : undefined;
    expect(`${String(request?.origin)}${String(request?.pathname)}`).toBe(poll);
    expect(request?.searchParams.get('port')).toBe('8094');
  });

  it('goes on from where the page was moved to', async () => {
    const web = webOf({ 'http://www.example/oval/': '-> https://live.example/ring/', 'https://live.example/ring/': PAGE, 'https://live.example/ring/javascript/config.js': CONFIG });
    expect(await waysFromPage(new URL('http://www.example/oval/'), web)).toHaveProperty('ways');
    expect(web.asked).toEqual(['http://www.example/oval/', 'https://live.example/ring/javascript/config.js']);
  });

  it('takes the configuration that the page names, and the usual one where it names none', async () => {
    const named = webOf({ 'https://live.example/oval/': "<script src='js/my.config.js?v=2'></script>", 'https://live.example/oval/js/my.config.js?v=2': CONFIG });
    expect(await waysFromPage(new URL('https://live.example/oval/'), named)).toHaveProperty('ways');
    for (const text of ['<html></html>', '<script src="http://[config.js"></script>']) {
      const unnamed = webOf({ 'https://live.example/oval/': text, 'https://live.example/oval/javascript/config.js': CONFIG });
      expect(await waysFromPage(new URL('https://live.example/oval/'), unnamed)).toHaveProperty('ways');
    }
  });

  it('says what to do about a page that is none, or has no configuration', async () => {
    const address = new URL('https://live.example/ovall/?key=secret');
    expect(await waysFromPage(address, webOf({}))).toEqual({ fault: 'There is no page at https://live.example/ovall/. Open the circuit\'s live timing in a browser and copy its address.' });
    const reached = await waysFromPage(address, webOf({ [address.href]: PAGE }));
    expect(reached).toEqual({ fault: expect.stringMatching(/^https:\/\/live\.example\/ovall\/ is not the page of a circuit: .*config\.js tells no port.*copy its address/) });
  });
});

describe(configurationIn.name, () => {
  it.each([
    ['var configPort = 7910;', { host: 'www.apex-timing.com', basePort: 7910 }],
    ["configPort=\"7910\"\nwindow.configHost = 'live-data.example'", { host: 'live-data.example', basePort: 7910 }],
    ['var configPort = 1, configHost = "a.example";', { host: 'a.example', basePort: 1 }],
    ['// configPort = 1;\n/* configPort = 2; */\nlet configPort = 3;\nvar otherPort = 4;', { host: 'www.apex-timing.com', basePort: 3 }],
    ['var configPort = 1;\r\nconfigPort = 2;\r\nvar configHost = "[::1]"', { host: '[::1]', basePort: 2 }],
  ])('reads %j', (script, expected) => {
    expect(configurationIn(script)).toEqual(expected);
  });

  it.each(['', '<html>Not found</html>', 'var configPort;', 'var configPort = 0;', 'var configPort = 65532;', 'var configPort = "x";', 'var configPort = 1; var configHost = "a/b";'])('finds none in %j', (script) => {
    expect(configurationIn(script)).toBeNull();
  });

  it('takes no longer than its length asks for', () => {
    for (const text of ['/*'.repeat(100_000), '"'.repeat(200_000), `var ${' '.repeat(200_000)}`, 'configPort='.repeat(20_000)]) expect(configurationIn(text)).toBeNull();
  });
});
