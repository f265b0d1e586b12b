import { Image, View } from '@tarojs/components';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { aria } from '../../../../ui/aria';

type Drawing = NonNullable<ReplyFrom<'rosters.units'>['items'][number]['drawing']>;
type Shape = Drawing['shapes'][number];
type Kind = Shape['kind'];

/** Colours of the design (ui.md), since a picture knows no tokens; dashes for whoever does not see the colours. */
const looks: Readonly<Record<Kind, { readonly style: string; readonly words: string; readonly line: string }>> = {
  after: {
    ...{ style: 'fill:#1B579B;fill-opacity:.18;stroke:#1B579B;stroke-width:7', words: '新的边界', line: '蓝色实线' },
  },
  before: {
    ...{ style: 'fill:none;stroke:#A11B14;stroke-width:5;stroke-dasharray:20 12', words: '原来的', line: '红色虚线' },
  },
  beside: {
    ...{ style: 'fill:#4E5561;fill-opacity:.12;stroke:#4E5561;stroke-width:3', words: '相邻的', line: '灰色' },
  },
  above: {
    ...{ style: 'fill:none;stroke:#17693D;stroke-width:4;stroke-dasharray:4 9', words: '上级的', line: '绿色点线' },
  },
};
const inOrder: readonly Kind[] = ['after', 'before', 'beside', 'above'];

/** 边界草图: how a grid lies on its old place, beside its neighbours and in the one above it. North is up. */
export function Sketch({ drawing }: { drawing: Drawing }) {
  const words = inOrder.flatMap((kind) => legendOf(kind, drawing.shapes)).join('；');
  return (
    <View className="rosters-sketch">
      <Image
        className="rosters-sketch__picture"
        mode="widthFix"
        src={pictureOf(drawing)}
        {...aria({ role: 'img', label: `边界草图：${words}` })}
      />
      <View className="rosters-sketch__words">{`上北下南。${words}。`}</View>
    </View>
  );
}

/** Neighbours and what is above by their names. */
function legendOf(kind: Kind, shapes: readonly Shape[]): string[] {
  const names = shapes.filter((shape) => shape.kind === kind).map(({ name }) => name);
  if (names.length === 0) return [];
  const { words, line } = looks[kind];
  return [kind === 'after' || kind === 'before' ? `${line}：${words}` : `${line}：${words}${names.join('、')}`];
}

function pictureOf({ width, height, shapes }: Drawing): string {
  const paths = shapes.map(
    ({ kind, rings }) => `<path style="${looks[kind].style}" d="${rings.map(pathOf).join('')}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill-rule="evenodd">${paths.join('')}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** x, y, x, y, … */
const pathOf = (corners: readonly number[]): string => `M${corners.join(' ')}Z`;
