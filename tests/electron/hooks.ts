import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const standIn = pathToFileURL(path.join(import.meta.dirname, 'stand-in/electron.ts')).href;

// Everything that asks for Electron, electron-store among it, gets the stand-in.
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(specifier, context)),
});
