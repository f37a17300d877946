import { createRoute, z } from '@hono/zod-openapi';


const LoginSchema = z.object({ user: z.string() });
const done = { 204: { description: 'ok' } };

export const json = createRoute({
  method: 'post',
  path: '/json',
  request: {
    body: {
      description: 'One of two.',
      content: { 'application/json': { schema: LoginSchema }, 'application/x-www-form-urlencoded': { schema: LoginSchema } },
    },
  },
  responses: done,
});

export const file = createRoute({
  method: 'put',
  path: '/file',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ file: z.file(), pages: z.array(z.any().openapi({ type: 'string', format: 'binary' })) }),
          encoding: { file: { contentType: 'image/png, image/jpeg' }, pages: { style: 'form', explode: true } },
        },
      },
    },
  },
  responses: done,
});

export const bytes = createRoute({
  method: 'post',
  path: '/bytes',
  request: {
    body: {
      required: true,
      content: {
        'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
        'text/plain': { schema: z.string() },
      },
    },
  },
  responses: done,
});
