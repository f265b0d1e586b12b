import { answerJobs } from '../children/answer-jobs';
import type { Paper } from './paper';
import { makePdf } from './pdf';
import { makeXlsx } from './xlsx';

/**
 * The entry of the document child: a notice of a whole village or an export of a year costs seconds of CPU and
 * megabytes by the hundred (measured: 13,000 rows as a workbook 5 s and 500 MB, 240 as a PDF 0.6 s), which the service
 * does not have to spare. The parent's side is documents.ts.
 */
export interface DocumentTask {
  readonly kind: 'pdf' | 'xlsx';
  readonly paper: Paper;
}

answerJobs<DocumentTask, Uint8Array>(({ kind, paper }) => (kind === 'pdf' ? makePdf(paper) : makeXlsx(paper)));
