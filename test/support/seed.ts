import fc from 'fast-check';

// A pipeline must fail for what changed, not by chance; a developer's run looks where none has looked before.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 });
