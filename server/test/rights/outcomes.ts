/** What the rows of the matrix say, as wide as its columns. See matrix.ts. */
export const yes = 'yes';
export const emp = 'empty';
/** 401, 403 and 404. */
export const who = 'session.missing';
export const nay = 'access.forbidden';
export const nil = 'not found';
/** A signed address of a paper or a photo that is no good. */
export const gon = 'paper.link-expired';
export const old = 'photo.link-expired';
