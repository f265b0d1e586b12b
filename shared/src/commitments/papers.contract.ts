import { z } from 'zod';
import { endpoint, file, sheetType } from '../endpoint';
import { Ulid } from '../schemas';
import { commitmentsApi } from './commitments.contract';

const RoundId = z.object({ roundId: Ulid });

/**
 * Where the paper can be fetched for an hour or two, by a browser's tab or `wx.downloadFile`, which send no session. It is
 * good for what it names and for whoever asked for it: rows are those that person may see.
 */
export const PaperLink = z.object({ address: z.string(), fileName: z.string() }).meta({ id: 'PaperLink' });

/** The filters of the wall (`commitments.list`), without its pages. */
const wallFilters = commitmentsApi.list.query.omit({ scope: true, cursor: true, limit: true });

export const papersApi = {
  notices: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/notices',
    permission: 'commitment.read',
    summary: '哪些党组织有公示表',
    params: RoundId,
    reply: z.object({
      items: z.array(
        z
          .object({
            organizationId: Ulid,
            name: z.string(),
            /** What its notice lists. */
            deeds: z.int(),
            /** Of the reader's own organisation or village: these come first. */
            near: z.boolean(),
          })
          .meta({ id: 'NoticeEntry' }),
      ),
    }),
  }),
  notice: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/notices/:organizationId',
    permission: 'commitment.read',
    summary: '公示表（A3 打印或 Excel）的下载地址',
    params: RoundId.extend({ organizationId: Ulid }),
    query: z.object({ format: z.enum(['pdf', 'xlsx']).default('pdf') }),
    reply: PaperLink,
  }),
  showcase: endpoint({
    method: 'get',
    path: '/showcases/:showcaseId/paper',
    permission: 'commitment.read',
    summary: '打擂比武成绩单（A3 打印或 Excel）的下载地址',
    params: z.object({ showcaseId: Ulid }),
    query: z.object({ format: z.enum(['pdf', 'xlsx']).default('pdf') }),
    reply: PaperLink,
  }),
  // Exports: POST, because every one of them is written into the audit log.
  board: endpoint({
    method: 'post',
    path: '/commitment-papers/board',
    permission: 'round.watch',
    secondFactor: true,
    summary: '导出承诺墙（Excel）',
    query: wallFilters,
    reply: PaperLink,
  }),
  figures: endpoint({
    method: 'post',
    path: '/commitment-papers/figures',
    permission: 'round.watch',
    secondFactor: true,
    summary: '导出各党组织、各党员的数字（Excel）',
    query: RoundId.extend({ organizationId: Ulid.optional() }),
    reply: PaperLink,
  }),
  debtors: endpoint({
    method: 'post',
    path: '/commitment-papers/debtors',
    permission: 'round.watch',
    secondFactor: true,
    summary: '导出谁还没承诺（Excel）',
    query: RoundId.extend({ organizationId: Ulid.optional(), short: z.stringbool().optional() }),
    reply: PaperLink,
  }),
  open: endpoint({
    method: 'get',
    path: '/commitment-papers/:paper',
    permission: 'anyone',
    summary: '打开表格（带签名、会过期的地址）',
    params: z.object({ paper: z.string().regex(/^[\w-]{1,1500}$/) }),
    query: z.object({ until: z.string().max(20), key: z.string().max(20), sig: z.string().max(100) }),
    reply: file({ list: ['papers.board', 'papers.figures', 'papers.debtors'] }, 'application/pdf', sheetType),
  }),
};
