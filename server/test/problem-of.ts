import type { ProblemReply } from './client';

/** The problem in a reply, which must be one in every respect. */
export async function problemOf(response: Response, status: number): Promise<ProblemReply> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const problem = (await response.json()) as ProblemReply;
  expect(problem).toMatchObject({ status, requestId: response.headers.get('x-request-id') });
  expect(problem.title).toMatch(/[\u4e00-\u9fff]/);
  return problem;
}

/** What was refused, in short. */
export const refusal = async (response: Response): Promise<[status: number, code: string]> => [
  response.status,
  (await problemOf(response, response.status)).code,
];
