import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * Native and host-provided modules stay outside the bundles; everything else is inlined, so that the app
 * ships no dependency tree. The renderer has no Node and no schema library in it.
 */
const external = ['better-sqlite3', 'electron', 'electron-store', 'electron-updater', 'conf', '@napi-rs/keyring', 'bufferutil', 'utf-8-validate'];

/** The launcher builds beside `out/` and swaps, see src-main/host/launch/build.ts. */
const out = process.env['DOCKET_OUT'] ?? 'out';

export default defineConfig({
  main: {
    build: {
      outDir: `${out}/main`,
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        external,
        input: { main: 'src-main/main.ts', backend: 'src-main/backend.ts', serve: 'src-main/serve.ts' },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: `${out}/preload`,
      rolldownOptions: { external: ['electron'], input: { preload: 'src-main/preload.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [react()],
    build: { outDir: path.resolve(out, 'renderer'), minify: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, rolldownOptions: { input: 'src-renderer/index.html' } },
  },
});
