import { answerJobs } from '../children/answer-jobs';
import type { Paper } from './paper';
import { makePdf } from './pdf';
import type { Posters } from './poster';
import { makePosters } from './poster-pdf';
import { makeXlsx } from './xlsx';

/**
 * The entry of the document child: a notice of a whole village or an export of a year costs seconds of CPU and
 * megabytes by the hundred (measured: 13,000 rows as a workbook 5 s and 500 MB, 240 as a PDF 0.6 s), which the service
 * does not have to spare. The parent's side is documents.ts.
 */
export type DocumentTask =
  { readonly kind: 'pdf' | 'xlsx'; readonly paper: Paper } | { readonly kind: 'posters'; readonly posters: Posters };

answerJobs<DocumentTask, Uint8Array>((task) => {
  if (task.kind === 'posters') return makePosters(task.posters);
  return task.kind === 'pdf' ? makePdf(task.paper) : makeXlsx(task.paper);
});
