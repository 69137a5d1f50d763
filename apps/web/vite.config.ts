import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'";

/** Forbids the built page everything but its own files; the development server needs inline styles, so only the build gets it. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' }],
  };
}

export default defineConfig({
  // relative, so that the page also works below a path of a reverse proxy
  base: './',
  plugins: [svelte({ compilerOptions: { runes: true } }), contentSecurityPolicy()],
  build: { modulePreload: { polyfill: false } },
  server: { proxy: { '/v1': 'http://127.0.0.1:8090' } },
});
