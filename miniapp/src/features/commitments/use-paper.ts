import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import type { ReplyFrom } from '../../lib/endpoints';
import { platform } from '../../lib/platform/platform';
import { serverAddress } from '../../lib/transport';

export type PaperLink = ReplyFrom<'papers.notice'>;

/**
 * Asks the server for a paper, then opens it: `paper.mutate(() => call('papers.board', { query }))`. Null: whoever asked
 * does not want it after all.
 */
export const usePaper = (): UseMutationResult<void, Error, () => Promise<PaperLink | null>> =>
  useMutation({
    mutationFn: async (ask) => {
      const link = await ask();
      if (link) await platform.openPaper(serverAddress(link.address), link.fileName);
    },
  });
