import { describe, expect, it } from '@jest/globals';
import { linkTargets, withoutSecrets } from './link-target.js';

const none = { competitions: [], websocketHeaders: [] };

describe(linkTargets.name, () => {
  it('takes one competition, or several, with the same headers', () => {
    const targets = linkTargets({
      competitionCode: 'a',
      websocketUri: 'wss://one.example:8093/',
      competitions: ['b=ws://two.example:92/x?token=a=b'],
      websocketHeaders: ['Origin=https://live.example', 'User-Agent=box'],
    });
    const headers = { Origin: 'https://live.example', 'User-Agent': 'box' };
    expect(targets).toEqual([
      { competition: 'a', uri: 'wss://one.example:8093/', headers },
      { competition: 'b', uri: 'ws://two.example:92/x?token=a=b', headers },
    ]);
  });

  it.each([
    ['no address', 'live.example', 'is not an address'],
    ['another protocol', 'ftp://live.example/', 'does not start with https://, http://, wss:// or ws://'],
    ['a host that is missing', 'ws:', 'is not an address'],
  ])('says in one sentence what is wrong: %s', (_case, websocketUri, words) => {
    expect(() => linkTargets({ ...none, competitionCode: 'a', websocketUri })).toThrow(words);
    expect(() => linkTargets({ ...none, competitionCode: 'a', websocketUri })).toThrow(expect.objectContaining({ code: 'LTS_SOCKET_URI' }));
  });

  it('never repeats a password or a token of a bad address', () => {
    expect(() => linkTargets({ ...none, competitionCode: 'a', websocketUri: 'ftp://me:secret@live.example/?key=secret' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
    expect(withoutSecrets('wss://me:secret@live.example:1/path?key=secret')).toBe('wss://live.example:1/path');
  });

  it('wants an address for the competition and a competition for the address', () => {
    expect(() => linkTargets({ ...none, competitionCode: 'a' })).toThrow('belong together');
    expect(() => linkTargets({ ...none, websocketUri: 'ws://one.example' })).toThrow('belong together');
    expect(() => linkTargets(none)).toThrow('nothing to listen to');
  });

  it('refuses a competition named twice, a pair that is none and a header that cannot be sent', () => {
    expect(() => linkTargets({ ...none, competitions: ['a=ws://one.example', 'a=ws://two.example'] })).toThrow('named twice');
    expect(() => linkTargets({ ...none, competitions: ['ws://one.example'] })).toThrow('--competitions takes code=uri');
    expect(() => linkTargets({ websocketHeaders: ['Bad Name=x'], competitions: ['a=ws://one.example'] })).toThrow('no header that can be sent');
  });
});
