// npx nx run tools:bench: main.ts, with the loader that every program in TypeScript here needs.
await import('../ts-loader.mjs')
await import('./main.ts')
