/** Drawn pictures of a village instead of anybody's photographs: 1200 × 900, before and after. */
export type SceneName =
  | 'pothole'
  | 'mendedRoad'
  | 'darkLamp'
  | 'litLamp'
  | 'blockedDrain'
  | 'clearDrain'
  | 'garbage'
  | 'cleanCorner'
  | 'crackedWall'
  | 'proppedWall'
  | 'brokenBench'
  | 'mendedBench'
  | 'field'
  | 'visit';

const day = '#cfe3ee';
const night = '#2c3547';

const ground = (colour: string, from = 560) =>
  `<rect y="${from}" width="1200" height="${900 - from}" fill="${colour}"/>`;
const hills = (colour: string) => `<path d="M0 560 Q180 380 380 500 T760 460 T1200 520 V900 H0Z" fill="${colour}"/>`;
const house = (x: number, y: number, wall = '#efe6d8') =>
  `<g transform="translate(${x} ${y})"><rect width="260" height="170" fill="${wall}"/>
   <path d="M-24 0 L130 -84 L284 0Z" fill="#7a4b3a"/><rect x="104" y="76" width="56" height="94" fill="#6d5846"/>
   <rect x="28" y="50" width="52" height="46" fill="#a9c4cf"/><rect x="184" y="50" width="52" height="46" fill="#a9c4cf"/></g>`;
const tree = (x: number, y: number) =>
  `<rect x="${x - 12}" y="${y}" width="24" height="130" fill="#6d5240"/><circle cx="${x}" cy="${y - 30}" r="84" fill="#5f8a58"/>
   <circle cx="${x + 56}" cy="${y + 10}" r="58" fill="#6c9863"/>`;
const road = `<path d="M420 900 L560 560 H660 L1000 900Z" fill="#a3a3a0"/><path d="M690 900 L614 560" stroke="#e9e6dc" stroke-width="10" stroke-dasharray="60 46"/>`;
const lamp = (lit: boolean) =>
  `<rect x="588" y="260" width="16" height="420" fill="#5b6270"/><path d="M596 268 Q650 220 720 244" stroke="#5b6270" stroke-width="12" fill="none"/>
   ${lit ? '<path d="M724 256 L560 760 H900Z" fill="#ffe9a8" opacity="0.45"/>' : ''}
   <ellipse cx="724" cy="252" rx="38" ry="18" fill="${lit ? '#fff3c4' : '#475062'}"/>`;
const drain = (water: string) =>
  `<path d="M120 900 L420 560 H500 L400 900Z" fill="#b9b2a4"/><path d="M180 900 L440 574 H476 L340 900Z" fill="${water}"/>`;
const bags =
  [[500, 690, '#3f4650'], [590, 720, '#58606b'], [660, 680, '#2f3640'], [560, 640, '#6b7280'], [720, 730, '#474e58']] // prettier-ignore
    .map(([x, y, fill]) => `<path d="M${x} ${y} q40 -66 84 0 q26 70 -42 76 q-70 -4 -42 -76Z" fill="${fill}"/>`)
    .join('');
const bin = `<rect x="540" y="600" width="130" height="170" rx="14" fill="#4f7f63"/><rect x="526" y="582" width="158" height="30" rx="12" fill="#3c6650"/>`;
const bench = (broken: boolean) =>
  `<rect x="430" y="${broken ? 600 : 590}" width="340" height="28" fill="#8a6242" ${broken ? 'transform="rotate(9 600 600)"' : ''}/>
   <rect x="470" y="600" width="26" height="110" fill="#5d6572"/>${broken ? '' : '<rect x="706" y="600" width="26" height="110" fill="#5d6572"/>'}
   <rect x="440" y="520" width="320" height="22" fill="#9b7150"/>`;
const wall = `<rect x="300" y="250" width="620" height="440" fill="#ddd3c3"/><path d="M260 260 L610 110 L960 260Z" fill="#7a4b3a"/>`;
const crack = '<path d="M560 250 L600 360 L560 430 L630 540 L590 690" stroke="#4b4038" stroke-width="9" fill="none"/>';
const props =
  '<path d="M420 690 L560 420 M800 690 L660 420" stroke="#8a6242" stroke-width="22"/><rect x="500" y="400" width="220" height="26" fill="#8a6242"/>';
const rice = Array.from({ length: 60 }, (_, index) => {
  const [x, y] = [40 + (index % 12) * 98, 610 + Math.floor(index / 12) * 62];
  return `<path d="M${x} ${y} q-12 -44 -20 -54 M${x} ${y} q2 -48 0 -64 M${x} ${y} q14 -42 24 -50" stroke="${index % 7 === 3 ? '#b08d3c' : '#5e8f4a'}" stroke-width="6" fill="none"/>`;
}).join('');
const table = `<rect width="1200" height="900" fill="#efe4d2"/><rect x="80" y="80" width="300" height="340" fill="#c7dbe2"/>
   <rect x="240" y="520" width="720" height="40" fill="#8a6242"/><rect x="290" y="560" width="34" height="230" fill="#7a5536"/>
   <rect x="880" y="560" width="34" height="230" fill="#7a5536"/><path d="M520 450 h130 v46 q-66 44 -130 0Z" fill="#fbfaf6"/>
   <ellipse cx="760" cy="498" rx="46" ry="22" fill="#fbfaf6"/><circle cx="420" cy="486" r="34" fill="#d98b3f"/><circle cx="372" cy="492" r="28" fill="#e0a04f"/>`;

const outdoors = (sky: string, ...parts: string[]) =>
  `<rect width="1200" height="900" fill="${sky}"/>${parts.join('')}`;
const byRoad = outdoors(day, hills('#a9c2a2'), ground('#b9c79a'), house(110, 400), tree(1040, 420), road);

const drawings: Record<SceneName, string> = {
  pothole: `${byRoad}<ellipse cx="690" cy="760" rx="130" ry="44" fill="#5d5a55"/><ellipse cx="700" cy="766" rx="96" ry="28" fill="#7d97a3"/>`,
  mendedRoad: `${byRoad}<ellipse cx="690" cy="760" rx="134" ry="46" fill="#8b8b88"/>`,
  darkLamp: outdoors(
    night,
    hills('#232b3a'),
    ground('#333b45'),
    house(110, 400, '#4a4f5a'),
    road.replace('#a3a3a0', '#454a52'),
    lamp(false),
  ),
  litLamp: outdoors(
    night,
    hills('#232b3a'),
    ground('#3b434d'),
    house(110, 400, '#5a5d63'),
    road.replace('#a3a3a0', '#565b60'),
    lamp(true),
  ),
  blockedDrain: outdoors(
    day,
    hills('#a9c2a2'),
    ground('#b9c79a'),
    house(700, 400),
    drain('#6e6a4c'),
    '<circle cx="330" cy="760" r="40" fill="#56523c"/><circle cx="380" cy="700" r="30" fill="#4d4a37"/>',
  ),
  clearDrain: outdoors(day, hills('#a9c2a2'), ground('#b9c79a'), house(700, 400), drain('#8fb6c4')),
  garbage: outdoors(day, ground('#c3bda9', 500), house(60, 330), tree(1020, 400), bags),
  cleanCorner: outdoors(day, ground('#c9c4b1', 500), house(60, 330), tree(1020, 400), bin),
  crackedWall: outdoors(day, hills('#a9c2a2'), ground('#b9b296', 690), wall, crack),
  proppedWall: outdoors(day, hills('#a9c2a2'), ground('#b9b296', 690), wall, crack, props),
  brokenBench: outdoors(day, hills('#a9c2a2'), ground('#c4c8a8'), tree(240, 420), bench(true)),
  mendedBench: outdoors(day, hills('#a9c2a2'), ground('#c4c8a8'), tree(240, 420), bench(false)),
  field: outdoors(day, hills('#9dbb95'), ground('#8fae6b'), rice),
  visit: table,
};

export const sceneNames = Object.keys(drawings) as SceneName[];

export const svgOf = (name: SceneName): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900" viewBox="0 0 1200 900">${drawings[name]}</svg>`;
