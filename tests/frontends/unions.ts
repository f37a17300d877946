import { createRoute, z } from '@hono/zod-openapi';

const Cat = z.object({ kind: z.literal('cat'), lives: z.number() });
const Dog = z.object({ kind: z.enum(['dog', 'puppy']), name: z.string().optional() });
const Pet = z.discriminatedUnion('kind', [Cat, Dog]);
const Thing = z.object({
  pet: Pet,
  any: z.string().or(z.number()),
  one: z.xor([z.uuid(), z.iso.date()]),
  nullable: z.union([z.string(), z.boolean(), z.null()]),
  maybe: Cat.nullable(),
  both: z.object({ x: z.string() }).and(z.object({ y: z.string() })),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
