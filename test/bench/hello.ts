import module from 'node:module';

module.enableCompileCache();
await import('./hello-frame.tsx');
