import type { GridNode } from '../../foundation/reference/tree';

/** A county has no code: nobody orders help “in the county”. 便民服务点 are a village's, 便民服务中心 a town's. */
export const mayHang = ({ tier }: GridNode, what: 'grid' | 'desk'): boolean =>
  tier !== 'county' && !(what === 'desk' && tier === 'group');

/** 碧塘村便民服务点, 东城镇便民服务中心 */
export const deskName = (grid: GridNode): string => `${grid.name}便民服务${grid.tier === 'town' ? '中心' : '点'}`;
