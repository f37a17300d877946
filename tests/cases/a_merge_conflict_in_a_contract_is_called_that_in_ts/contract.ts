import { createRoute, z } from '@hono/zod-openapi';

export const books = createRoute({
  method: 'get',
  path: '/books',
<<<<<<< HEAD
  responses: { 200: { description: 'Books.' } },
=======
  responses: { 204: { description: 'None.' } },
>>>>>>> one
});
