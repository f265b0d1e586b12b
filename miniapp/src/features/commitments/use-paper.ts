import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import type { ReplyFrom } from '../../lib/endpoints';
import { platform } from '../../lib/platform/platform';
import { serverAddress } from '../../lib/transport';

export type PaperLink = ReplyFrom<'papers.notice'>;

/** Asks the server for a paper, then opens it: `paper.mutate(() => call('papers.board', { query }))`. */
export const usePaper = (): UseMutationResult<void, Error, () => Promise<PaperLink>> =>
  useMutation({
    mutationFn: async (ask) => {
      const { address, fileName } = await ask();
      await platform.openPaper(serverAddress(address), fileName);
    },
  });
