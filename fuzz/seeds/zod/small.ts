import { createRoute, z } from '@hono/zod-openapi'
const Book = z.object({ title: z.string().min(1).regex(/^\S+$/), kind: z.enum(['novel', 'poem']).default('novel'), get next() { return Book.nullable() } }).openapi('Book')
const Found = z.discriminatedUnion('k', [z.object({ k: z.literal('a') }), z.strictObject({ k: z.literal('b'), n: z.coerce.number().int() })])
export const route = createRoute({
  method: 'post', path: '/books/{id}',
  request: { params: z.object({ id: z.string() }), query: z.object({ q: z.string().optional() }), body: { required: true, content: { 'application/json': { schema: Book.partial().extend({ t: z.tuple([z.string()]).rest(z.number()) }) } } } },
  responses: { 200: { description: 'It', content: { 'application/json': { schema: z.array(Found) } } } },
})
