import type { Commitment } from './commitment';

/** A deed as `useSaidOf` takes it: what is spoken of. */
export const thingOf = ({ id, title }: Pick<Commitment, 'id' | 'title'>) => ({
  id,
  title,
  params: { commitmentId: id },
});
