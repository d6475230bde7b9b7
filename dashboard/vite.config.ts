/**
 * How the dashboard is built: into dist/dashboard of the repository, every file but index.html named by its contents.
 * Nothing is inlined, because the content policy of infra/dashboard-headers.ts admits no inline script and no data: address.
 */
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../dist/dashboard',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
  },
  // `npx vite dashboard` beside a running hub: pages from here, everything else from the hub.
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8787',
      '/oidc': 'http://127.0.0.1:8787',
      '/config.json': 'http://127.0.0.1:8787',
    },
  },
})
