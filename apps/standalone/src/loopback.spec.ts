import { describe, expect, it } from '@jest/globals';
import { isLoopback, urlHere } from './loopback.js';

describe(isLoopback.name, () => {
  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('knows %s as this machine alone', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['0.0.0.0', '::', '192.168.1.2', 'localhost.example.org'])('knows that others reach %s', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe(urlHere.name, () => {
  it.each([
    ['127.0.0.1', 'http://localhost:8090'],
    ['0.0.0.0', 'http://localhost:8090'],
    ['192.168.1.2', 'http://192.168.1.2:8090'],
    ['fd00::1', 'http://[fd00::1]:8090'],
  ])('calls %s by %s', (host, url) => {
    expect(urlHere(host, 8090)).toBe(url);
  });
});
