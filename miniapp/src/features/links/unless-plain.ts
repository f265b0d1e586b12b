import { plainWords } from '@sandan/shared/links/poster.words';
import type { ReplyFrom } from '../../lib/endpoints';
import { confirm } from '../../ui/dialog';

type PosterLink = ReplyFrom<'posters.poster'>;

/** While WeChat does not draw its codes whoever prints decides whether ordinary ones will do; null: rather later. */
export async function unlessPlain(link: PosterLink): Promise<PosterLink | null> {
  const words = plainWords(link);
  if (words === null) return link;
  return (await confirm({ title: '先打普通二维码吗？', words, yes: '先打普通的', no: '先不打' })) ? link : null;
}
