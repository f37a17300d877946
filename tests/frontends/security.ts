import { createRoute, OpenAPIHono } from '@hono/zod-openapi';

const ok = { 204: { description: 'ok' } };
const app = new OpenAPIHono();

app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token.' });
app.openAPIRegistry.registerComponent('securitySchemes', 'header', { type: 'apiKey', in: 'header', name: 'X-Key' });
app.openAPIRegistry.registerComponent('securitySchemes', 'cookie', { type: 'apiKey', in: 'cookie', name: 'session' });
app.openAPIRegistry.registerComponent('securitySchemes', 'query', { type: 'apiKey', in: 'query', name: 'key' });
app.openAPIRegistry.registerComponent('securitySchemes', 'basic', { type: 'http', scheme: 'basic' });
app.openAPIRegistry.registerComponent('securitySchemes', 'digest', { type: 'http', scheme: 'digest' });
app.openAPIRegistry.registerComponent('securitySchemes', 'oauth', { type: 'oauth2', flows: {} });

app.openapi(createRoute({ method: 'get', path: '/default', responses: ok }), (c) => c.body(null, 204));
app.openapi(createRoute({ method: 'get', path: '/open', security: [], responses: ok }), (c) => c.body(null, 204));
app
  .openapi(createRoute({ method: 'get', path: '/either', security: [{ header: [], cookie: [] }, { oauth: ['read', 'write'] }, {}], responses: ok }), (c) => c.body(null, 204))
  .openapi(createRoute({ method: 'get', path: '/rest', security: [{ query: [], basic: [], digest: [] }], responses: ok }), (c) => c.body(null, 204));

app.doc('/openapi.json', (c) => ({
  openapi: '3.0.0',
  info: { title: 'Locked', version: '2.1.0', description: 'Doors.' },
  servers: [{ url: 'https://example.org/{base}/', variables: { base: { default: 'api/v2' } } }],
  security: [{ bearer: [] }],
}));
