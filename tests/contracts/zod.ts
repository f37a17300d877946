import { createRoute, z } from '@hono/zod-openapi';

const json = (schema) => ({ content: { 'application/json': { schema } } });

/** Sends back what it was sent. */
const echo = (schema) => ({
  method: 'post',
  request: { body: { required: true, ...json(schema) } },
  responses: { 200: { description: 'The same.', ...json(schema) } },
});

const Name = z.string({ error: 'a name, please' }).openapi('Name');

const Messages = z.object({
  name: z.string('not a string').min(3, 'too short').max(5, { message: 'too long' }),
  quoted: z.string().regex(/^"\\/, { error: 'must begin with "\\ \u{1F600}\n{}' }).optional(),
  patterns: z.string().regex(/a/, 'no a').regex(/b/, 'no b').optional(),
  email: z.email('no address').optional(),
  page: z.httpUrl('no page').optional(),
  site: z.string('no text').url('no site').optional(),
  id: z.uuid({ error: 'no id' }).optional(),
  day: z.string().date('no day').optional(),
  age: z.number('no number').min(18, `at least ${18}`).max(99, { error: () => 'at most 99' }).optional(),
  even: z.number().int('not whole').multipleOf(2, 'not even').optional(),
  count: z.int('no count').optional(),
  agreed: z.boolean({ message: 'yes or no' }).optional(),
  role: z.enum(['a', 'b'], { message: 'a or b' }).optional(),
  kind: z.literal('x', 'must be x'),
  either: z.union([z.string().max(2, 'at most 2'), z.number()], { error: 'text or number' }).optional(),
  list: z.array(z.string('no item'), { error: 'no list' }).min(1, 'empty').max(2, 'full').optional(),
  pair: z.tuple([z.string(), z.number()], 'no pair').optional(),
  map: z.record(z.string(), z.number('no value'), 'no map').optional(),
  inner: z.strictObject({ a: z.number() }, 'no object').optional(),
  shape: z
    .discriminatedUnion('t', [z.object({ t: z.literal('p') }), z.object({ t: z.literal('q') })], 'no shape')
    .optional(),
  alias: Name,
  nullable: z.number('no number or null').nullable(),
  plain: z.string().min(2).optional(),
});

export const messages = createRoute({ path: '/messages', ...echo(Messages) });

const Coerced = z.object({
  number: z.coerce.number().optional(),
  whole: z.coerce.number('no number').int().min(1).max(100).optional(),
  text: z.coerce.string().optional(),
  truth: z.coerce.boolean().optional(),
  moment: z.coerce.date('no date').optional(),
  big: z.coerce.bigint().optional(),
  id: z.coerce.string().uuid().optional(),
  maybe: z.coerce.number().nullable().optional(),
  list: z.array(z.coerce.number()).optional(),
});

export const coerced = createRoute({ path: '/coerced', ...echo(Coerced) });

export const coercedForm = createRoute({
  ...echo(Coerced),
  path: '/coerced-form',
  request: { body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: Coerced } } } },
});

const None = z.tuple([]).openapi('None');
const Tuples = z.object({
  tail: z.tuple([z.string(), z.number().int().optional()]).optional(),
  rest: z.tuple([z.string(), z.int().optional()], z.boolean()).optional(),
  all: z.tuple([z.string()]).rest(z.boolean()).optional(),
  none: None.optional(),
});

export const tuples = createRoute({ path: '/tuples', ...echo(Tuples) });

const Must = z.object({ truth: z.coerce.boolean(), text: z.coerce.string() });

export const must = createRoute({ path: '/must', ...echo(Must) });

const Root = z.object({ a: z.string('no a') }, 'an object, please');

export const root = createRoute({ path: '/root', ...echo(Root) });

export const words = createRoute({
  method: 'get',
  path: '/words/{id}',
  request: {
    params: z.object({ id: z.uuid('no id') }),
    query: z.object({
      page: z.coerce.number('no page').int('not whole').min(1, 'from 1'),
      role: z.enum(['a', 'b'], 'a or b').optional(),
      name: Name.optional(),
      since: z.coerce.date().optional(),
      truth: z.coerce.boolean().optional(),
      tags: z.array(z.string().min(2, 'too short')).max(2, 'too many').optional(),
    }),
  },
  responses: { 200: { description: 'What was read.', content: { 'text/plain': { schema: z.string() } } } },
});
