import { createRoute, z } from '@hono/zod-openapi';

enum Level {
  Low = 1,
  High = 5,
}
const colours = ['red', 'green'] as const;
const letters = ['a', 'b'];
const Colour = z.enum(colours);
const Named = z.enum(Level).openapi('Level');
const Thing = z.object({
  a: Colour,
  b: z.literal(12),
  c: z.literal(true),
  d: z.literal(['x', 3]),
  e: z.literal(['x', null]),
  f: Named,
  g: Colour.exclude([Colour.enum.red]),
  h: z.enum([...letters, 'c']),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
