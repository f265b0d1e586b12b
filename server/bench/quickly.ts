/** `--quick`: a tenth of the size, to see that a part runs at all. */
export const isQuick = process.argv.includes('--quick');
export const quickly = (size: number): number => (isQuick ? Math.ceil(size / 10) : size);
