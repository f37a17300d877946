// The contract of `openapi.yaml`, written with Zod 4 and @hono/zod-openapi.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';

const app = new OpenAPIHono().basePath('/api/v1');

app.openAPIRegistry.registerComponent('securitySchemes', 'account', {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
});
app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
  type: 'apiKey',
  in: 'cookie',
  name: 'session',
});
app.openAPIRegistry.registerComponent('securitySchemes', 'staffKey', {
  type: 'apiKey',
  in: 'header',
  name: 'X-Staff-Key',
  description: 'For those who run the shop.',
});

const staff = [{ staffKey: [] }];
const customer = [{ account: [] }, { session: [] }];

// Schemas

const cents = z.int().min(0).max(1_000_000);
const title = z.string().min(1).max(200);
const blurb = z.string().max(2000).nullable();

const Genre = z.enum(['fiction', 'crime', 'poetry', 'science', 'travel', 'children']).openapi('Genre');

const NewBook = z
  .object({
    isbn: z.string().regex(/^97[89][0-9]{10}$/).describe('ISBN-13, digits only.'),
    title,
    authors: z.array(z.string().min(1)).min(1),
    genre: Genre,
    priceCents: cents,
    blurb: blurb.optional(),
    publishedOn: z.iso.date().optional(),
    inStock: z.boolean().default(true),
    labels: z
      .record(z.string(), z.string().max(100))
      .describe('Whatever the shop wants to remember of it.')
      .optional(),
  })
  .openapi('NewBook');

const Book = NewBook.extend({
  id: z.uuid(),
  addedAt: z.iso.datetime({ offset: true }),
  rating: z.number().min(1).max(5).describe('The mean of its reviews.').optional(),
}).openapi('Book');

const BookPatch = z
  .strictObject({ title, genre: Genre, priceCents: cents, blurb, inStock: z.boolean() })
  .partial()
  .openapi('BookPatch');

const BookPage = z
  .object({ items: z.array(Book), nextCursor: z.string().nullable() })
  .openapi('BookPage');

const Review = z
  .object({
    id: z.uuid().openapi({ readOnly: true }),
    stars: z.int().min(1).max(5),
    by: z.string().min(1).max(80),
    text: z.string().max(4000).optional(),
    createdAt: z.iso.datetime({ offset: true }).openapi({ readOnly: true }),
  })
  .openapi('Review');

const Category = z
  .object({
    name: z.string(),
    get children() {
      return z.array(Category);
    },
  })
  .openapi('Category');

const OrderItem = z
  .object({ bookId: z.uuid(), quantity: z.int().min(1).max(99) })
  .openapi('OrderItem');

const CardPayment = z
  .object({ method: z.literal('card'), token: z.string().min(8) })
  .openapi('CardPayment');

const InvoicePayment = z
  .object({ method: z.literal('invoice'), email: z.email(), dueDays: z.literal([14, 30]) })
  .openapi('InvoicePayment');

const VoucherPayment = z
  .object({ method: z.literal('voucher'), code: z.string().regex(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/) })
  .openapi('VoucherPayment');

const Payment = z
  .discriminatedUnion('method', [CardPayment, InvoicePayment, VoucherPayment])
  .openapi('Payment');

const NewOrder = z
  .object({
    items: z.array(OrderItem).min(1).max(50),
    payment: Payment,
    giftNote: z.string().max(300).optional(),
  })
  .openapi('NewOrder');

const OrderStatus = z
  .enum(['placed', 'packed', 'shipped', 'delivered', 'cancelled'])
  .openapi('OrderStatus');

const Order = z
  .object({
    id: z.uuid(),
    status: OrderStatus,
    items: z.array(OrderItem),
    totalCents: z.int().min(0).max(100_000_000),
    placedAt: z.iso.datetime({ offset: true }),
  })
  .openapi('Order');

const OrderEvent = z
  .object({ status: OrderStatus, at: z.iso.datetime({ offset: true }) })
  .openapi('OrderEvent');

const Session = z
  .object({
    email: z.email(),
    password: z.string().min(8).openapi({ format: 'password', writeOnly: true }),
    expiresAt: z.iso.datetime({ offset: true }).openapi({ readOnly: true }),
  })
  .openapi('Session');

const Problem = z
  .object({
    type: z.string().default('about:blank'),
    title: z.string(),
    status: z.int().min(100).max(599),
    detail: z.string().optional(),
  })
  .openapi('Problem', { description: 'What went wrong (RFC 9457).' });

// Parts that routes share

const BookParams = z.object({ bookId: z.uuid() });
const OrderParams = z.object({ orderId: z.uuid() });
const RequestHeaders = z.object({ 'x-request-id': z.uuid().optional() });
const Location = z.object({ Location: z.string() });

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

const notFound = problem('There is no such thing.');
const conflict = problem('It is not in a state which allows this.');

// Books

export const listBooks = createRoute({
  method: 'get',
  path: '/books',
  operationId: 'listBooks',
  summary: 'List books',
  description: 'Newest first, a page at a time. Send the `nextCursor` of a page to get the one after it.',
  request: {
    query: z.object({
      cursor: z.string().min(1).max(64).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      q: z.string().min(2).describe('Words of the title.').optional(),
      genre: Genre.optional(),
      tags: z
        .array(z.string().min(1))
        .max(10)
        .describe('Books that carry all of these: `tags=signed&tags=used`.')
        .optional(),
      price: z
        .object({
          min: z.coerce.number().int().min(0).max(1_000_000),
          max: z.coerce.number().int().min(0).max(1_000_000),
        })
        .partial()
        .openapi({ param: { style: 'deepObject', explode: true } })
        .describe('In cents: `price[min]=500&price[max]=2000`.')
        .optional(),
    }),
    headers: RequestHeaders,
  },
  responses: {
    200: {
      description: 'A page of books.',
      headers: z.object({ 'X-Total-Count': z.int32() }),
      content: json(BookPage),
    },
  },
});

export const createBook = createRoute({
  method: 'post',
  path: '/books',
  operationId: 'createBook',
  summary: 'Add a book',
  security: staff,
  request: { body: { required: true, content: json(NewBook) } },
  responses: {
    201: { description: 'The book as it was stored.', headers: Location, content: json(Book) },
    409: conflict,
  },
});

export const getBook = createRoute({
  method: 'get',
  path: '/books/{bookId}',
  operationId: 'getBook',
  summary: 'Fetch one book',
  request: { params: BookParams },
  responses: {
    200: { description: 'The book.', headers: z.object({ ETag: z.string() }), content: json(Book) },
    404: notFound,
  },
});

export const updateBook = createRoute({
  method: 'patch',
  path: '/books/{bookId}',
  operationId: 'updateBook',
  summary: 'Change some fields of a book',
  description: 'A field that is absent stays as it is; `null` clears the blurb.',
  security: staff,
  request: {
    params: BookParams,
    headers: z.object({ 'if-match': z.string().describe('The `ETag` of what is changed.').optional() }),
    body: { required: true, content: json(BookPatch) },
  },
  responses: {
    200: { description: 'The book as it is now.', content: json(Book) },
    404: notFound,
    412: conflict,
  },
});

export const deleteBook = createRoute({
  method: 'delete',
  path: '/books/{bookId}',
  operationId: 'deleteBook',
  summary: 'Take a book off the shelves',
  security: staff,
  request: { params: BookParams },
  responses: { 204: { description: 'It is gone.' }, 404: notFound },
});

export const getCover = createRoute({
  method: 'get',
  path: '/books/{bookId}/cover',
  operationId: 'getCover',
  summary: "Fetch the picture of a book's cover",
  request: { params: BookParams },
  responses: {
    200: { description: 'The picture.', content: { 'image/png': { schema: z.file() } } },
    404: notFound,
  },
});

export const putCover = createRoute({
  method: 'put',
  path: '/books/{bookId}/cover',
  operationId: 'putCover',
  summary: "Replace the picture of a book's cover",
  security: staff,
  request: {
    params: BookParams,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ image: z.file(), alt: z.string().min(1).max(200) }),
          encoding: { image: { contentType: 'image/png' } },
        },
      },
    },
  },
  responses: { 204: { description: 'It is stored.' }, 404: notFound },
});

export const listReviews = createRoute({
  method: 'get',
  path: '/books/{bookId}/reviews',
  operationId: 'listReviews',
  summary: 'List the reviews of a book',
  request: { params: BookParams },
  responses: {
    200: { description: 'Its reviews, newest first.', content: json(z.array(Review)) },
    404: notFound,
  },
});

export const createReview = createRoute({
  method: 'post',
  path: '/books/{bookId}/reviews',
  operationId: 'createReview',
  summary: 'Review a book',
  request: { params: BookParams, body: { required: true, content: json(Review) } },
  responses: {
    201: { description: 'The review as it was stored.', content: json(Review) },
    404: notFound,
  },
});

export const listCategories = createRoute({
  method: 'get',
  path: '/categories',
  operationId: 'listCategories',
  summary: 'List all categories as trees',
  responses: { 200: { description: 'The roots of the trees.', content: json(z.array(Category)) } },
});

// Orders

export const createOrder = createRoute({
  method: 'post',
  path: '/orders',
  operationId: 'createOrder',
  summary: 'Order books',
  security: customer,
  request: {
    headers: RequestHeaders,
    cookies: z.object({ campaign: z.string().max(40).optional() }),
    body: { required: true, content: json(NewOrder) },
  },
  responses: {
    201: { description: 'The order as it was placed.', headers: Location, content: json(Order) },
    409: conflict,
  },
});

export const getOrder = createRoute({
  method: 'get',
  path: '/orders/{orderId}',
  operationId: 'getOrder',
  summary: 'Fetch one order',
  security: customer,
  request: { params: OrderParams },
  responses: { 200: { description: 'The order.', content: json(Order) }, 404: notFound },
});

export const streamOrderEvents = createRoute({
  method: 'get',
  path: '/orders/{orderId}/events',
  operationId: 'streamOrderEvents',
  summary: 'Follow an order until it arrives',
  security: customer,
  request: { params: OrderParams },
  responses: {
    200: {
      description: 'One event for each change of its status.',
      content: { 'text/event-stream': { schema: OrderEvent } },
    },
    404: notFound,
  },
});

// Session

export const createSession = createRoute({
  method: 'post',
  path: '/session',
  operationId: 'createSession',
  summary: 'Sign in',
  request: { body: { required: true, content: json(Session) } },
  responses: {
    201: { description: 'Signed in.', headers: z.object({ 'Set-Cookie': z.string() }), content: json(Session) },
    401: problem('Nobody has this address and password.'),
  },
});

export const deleteSession = createRoute({
  method: 'delete',
  path: '/session',
  operationId: 'deleteSession',
  summary: 'Sign out',
  security: [{ session: [] }],
  responses: { 204: { description: 'Signed out.' } },
});

app.doc31('/openapi.json', {
  openapi: '3.1.0',
  info: {
    title: 'Bookshop',
    version: '1.0.0',
    description:
      'A small bookshop. Its books and reviews are open to all, so try them with `curl` at once.',
  },
});

export default app;
