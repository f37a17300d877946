import { createRoute, z } from '@hono/zod-openapi';

const Part = z.object({ x: z.string() }).describe('A part.');
const Thing = z
  .object({
    id: z.string().openapi({ readOnly: true, description: 'Ours.' }),
    secret: z.string().meta({ writeOnly: true }),
    part: Part.describe('Its first part.'),
    old: z.string().meta({ deprecated: true, title: 'Old' }),
  })
  .openapi('Thing', { title: 'A thing', description: 'What it is.', deprecated: true });

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
