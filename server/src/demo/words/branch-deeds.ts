import { deed, habit, type DeedWords } from './deed-words';

const everybody = { forWords: '全体村民' };
const old = { forWords: '60 岁以上老人' };

/** 民生实事: what a village's organisation promises the town and its residents. */
// prettier-ignore
export const branchDeeds: readonly DeedWords[] = [
  deed('safety', ['在{spot}弯道装{n}米护栏', '{by}在{spot}的弯道装{n}米护栏，配 20 米减速带、2 面凸面镜。'], [60, 200, 20, '米'],
    ['基础浇好了，护栏装到{d}米。', '减速带已经铺好，护栏装了{d}米。'], '{n}米护栏、减速带和凸面镜都装好，交警来看过。', { pictures: ['pothole', 'mendedRoad'], money: [18_000, 60_000] }),
  deed('road', ['硬化{spot}到各组的{n}米村道', '{by}把{spot}的{n}米泥路铺成水泥路，宽 3.5 米，厚 18 厘米。'], [200, 1200, 100, '米'],
    ['路基压好，浇了{d}米。', '下雨停了几天，现在铺到{d}米。'], '{n}米水泥路养护期满，已经通车。', { ...everybody, pictures: ['pothole', 'mendedRoad'], money: [90_000, 480_000] }),
  deed('light', ['全村新装{n}盏太阳能路灯', '{by}在{spot}和各组路口装{n}盏太阳能路灯，坏了 48 小时内修。'], [20, 80, 10, '盏'],
    ['灯杆立好，亮了{d}盏。'], '{n}盏路灯都亮了，各组组长签了收。', { ...everybody, pictures: ['darkLamp', 'litLamp'], money: [40_000, 160_000] }),
  deed('water', ['改造{n}户的饮水管', '{by}把{n}户的旧铁管换成新管，换完送水样去检测。'], [40, 160, 20, '户'],
    ['主管换完，入户{d}户。'], '{n}户都通了新管，水样检测合格。', { pictures: ['blockedDrain', 'clearDrain'], money: [50_000, 200_000] }),
  deed('water', ['清淤{n}米排灌渠', '{by}把{spot}的{n}米排灌渠清淤修边，放水不漫不漏。'], [300, 1500, 100, '米'],
    ['挖机进场，清了{d}米。'], '{n}米渠道清完修好，放水看过不漏。', { forWords: '全村种植户', pictures: ['blockedDrain', 'clearDrain'], money: [20_000, 90_000] }),
  deed('environment', ['建{n}个垃圾分类投放点', '{by}在{spot}和各组建{n}个带棚的投放点，每天收运一次。'], [4, 12, 1, '个'],
    ['选好位置，建成{d}个。'], '{n}个投放点都在用，每天有人收。', { ...everybody, pictures: ['garbage', 'cleanCorner'], money: [12_000, 48_000] }),
  deed('environment', ['整治{n}处乱堆放', '{by}把{spot}等{n}处乱堆放清走，改成小菜园、小花园。'], [6, 20, 2, '处'],
    ['清完{d}处，四处种上了花。'], '{n}处都整好了，有专人管。', { ...everybody, pictures: ['garbage', 'cleanCorner'] }),
  deed('elderly', ['给{n}户老人家装扶手', '{by}给{n}户独居老人的厕所和门口装扶手、防滑垫。'], [15, 50, 5, '户'],
    ['量完尺寸，装好{d}户。'], '{n}户都装好了，老人扶着试过。', { ...old, pictures: ['visit', 'visit'], money: [6_000, 20_000] }),
  habit('elderly', ['长者饭堂开{n}天', '全年在村委会一楼开长者饭堂{n}天，中午一荤一素一汤，60 岁以上 5 元。'], [180, 240, 20, '天'],
    ['每天二十多位老人来吃，累计{d}天。'], '全年开了{n}天，账目每月贴在墙上。', { ...old, pictures: ['visit', 'visit'], money: [40_000, 90_000] }),
  deed('health', ['组织{n}人免费体检', '{by}和卫生院一起组织{n}位老人免费体检，报告送到家。'], [80, 200, 20, '人'],
    ['第一批查了{d}人。'], '{n}人查完，报告都送到家，异常的陪去复查。', { ...old }),
  deed('education', ['办{n}期暑假小课堂', '{by}办{n}期暑假小课堂，每期十天，有大学生来教。'], [2, 4, 1, '期'],
    ['第{d}期正在上课。'], '{n}期都办完了，孩子和家长都满意。', { forWords: '全村小学生', money: [3_000, 9_000], months: [8] }),
  deed('education', ['给小学门口建{n}米雨棚', '{by}在小学门口建{n}米等候雨棚，家长接送不淋雨。'], [20, 60, 10, '米'],
    ['立柱焊好，顶棚铺了{d}米。'], '{n}米雨棚建好，下雨天用上了。', { forWords: '小学生和家长', money: [15_000, 50_000] }),
  deed('culture', ['修好{spot}的{n}套健身器材', '{by}把{spot}的{n}套健身器材换新，地面铺胶垫。'], [6, 14, 2, '套'],
    ['旧的拆走，装好{d}套。'], '{n}套都装好，挂了使用说明。', { ...everybody, pictures: ['brokenBench', 'mendedBench'], money: [15_000, 40_000] }),
  habit('culture', ['办{n}场村里的文体活动', '全年办{n}场篮球赛、山歌会或放电影，提前三天贴告示。'], [8, 16, 2, '场'],
    ['这场山歌会来了两百多人，累计{d}场。'], '全年办了{n}场。', { ...everybody }),
  deed('safety', ['加固{n}处山边护坡', '{by}把{spot}等{n}处松动的护坡加固，挂警示牌。'], [2, 6, 1, '处'],
    ['脚手架搭好，加固完{d}处。'], '{n}处都加固好，汛期看过没有松动。', { forWords: '住在山边的住户', pictures: ['crackedWall', 'proppedWall'], money: [30_000, 120_000] }),
  deed('safety', ['换掉{n}个旧消防栓', '{by}把全村{n}个打不开的消防栓换掉，每个试水。'], [6, 20, 2, '个'],
    ['换好{d}个，试水有力。'], '{n}个都换好试过水，位置贴在墙上。', { ...everybody, pictures: ['brokenBench', 'mendedBench'], money: [12_000, 36_000] }),
  deed('farming', ['平整{n}亩撂荒地', '{by}把{n}亩撂荒地平整出来，租给种植户种稻。'], [40, 160, 20, '亩'],
    ['机器进田，平整了{d}亩。'], '{n}亩都种上了，租金按季发给各户。', { forWords: '有撂荒地的农户', pictures: ['field', 'field'], money: [20_000, 80_000] }),
  deed('farming', ['请农技员开{n}次田头课', '{by}请农技员到田头讲{n}次，讲病虫害和用药。'], [4, 8, 1, '次'],
    ['讲了{d}次，每次来三四十人。'], '{n}次都讲完，讲义发到各组。', { forWords: '全村种植户', pictures: ['field', 'field'] }),
  deed('income', ['组织{n}人学技能', '{by}组织{n}人参加电工、粤菜师傅、家政培训，考到证。'], [20, 60, 10, '人'],
    ['第一班开课，{d}人在学。'], '{n}人考到证，多半已经找到工。', { forWords: '想学手艺的村民' }),
  habit('dispute', ['每月一次说事会，全年{n}次', '每月 15 日晚上在村委会开说事会，全年{n}次，当场定下谁来办。'], [10, 12, 1, '次'],
    ['这次定了三件事，累计{d}次。'], '全年开了{n}次，定下的事都有回音。', { ...everybody }),
  habit('service', ['送办事上门{n}次', '全年替走不动的老人和残疾人上门办证、认证{n}次。'], [40, 120, 20, '次'],
    ['这个月上门办了几家，累计{d}次。'], '全年上门{n}次，没有让人白跑。', { forWords: '走不动的老人和残疾人', pictures: ['visit', 'visit'] }),
];

/** 书记项目: the one that the secretary himself answers for. */
// prettier-ignore
export const secretaryProjects: readonly DeedWords[] = [
  deed('income', ['村集体收入增加{n}万元', '{by}把闲置的旧校舍租出去、办起农产品代销点，村集体多收{n}万元，账目每季公布。'], [5, 15, 1, '万元'],
    ['租约签了，到账{d}万元。'], '多收{n}万元，账目已经公布。', { forWords: '全体村民' }),
  deed('environment', ['建成{n}公里绿道', '{by}沿{spot}建{n}公里绿道，种树、装座椅。'], [1, 4, 1, '公里'],
    ['路面铺好{d}公里，座椅在装。'], '{n}公里绿道建成，傍晚散步的人多了。', { forWords: '全体村民', pictures: ['garbage', 'cleanCorner'], money: [120_000, 400_000] }),
  deed('water', ['建{n}座小型污水处理站', '{by}建成{n}座小型污水处理站，接入附近各户。'], [1, 3, 1, '座'],
    ['池子浇好，{d}座在调试。'], '{n}座都在运行，出水检测合格。', { forWords: '全体村民', pictures: ['blockedDrain', 'clearDrain'], money: [200_000, 600_000] }),
  deed('dispute', ['化解{n}件老矛盾', '{by}牵头化解{n}件三年以上的地界、水源老矛盾，签好协议。'], [3, 8, 1, '件'],
    ['谈成{d}件，协议签了。'], '{n}件都签了协议，回访没有反复。', { forWords: '有老矛盾的住户' }),
];

/** 民生项目: the big one of the year. */
// prettier-ignore
export const livelihoodProjects: readonly DeedWords[] = [
  deed('elderly', ['建一处{n}平方米的老人活动中心', '{by}把旧粮仓改成{n}平方米的老人活动中心，有棋牌、理发、量血压。'], [120, 300, 20, '平方米'],
    ['屋面修好，装好{d}平方米。'], '{n}平方米都能用了，每天开门。', { forWords: '60 岁以上老人', pictures: ['crackedWall', 'proppedWall'], money: [80_000, 260_000] }),
  deed('road', ['拓宽{n}米进村路', '{by}把进村路拓宽到 5 米，共{n}米，会车不用倒车。'], [400, 1600, 200, '米'],
    ['征地谈好，拓宽了{d}米。'], '{n}米都拓宽通车，画了标线。', { forWords: '全体村民', pictures: ['pothole', 'mendedRoad'], money: [200_000, 700_000] }),
  deed('health', ['翻新村卫生站，添{n}件设备', '{by}翻新村卫生站，添血压计、制氧机等{n}件设备，每周五有医生坐诊。'], [6, 12, 1, '件'],
    ['墙面刷好，设备到了{d}件。'], '卫生站开门，{n}件设备都在用。', { forWords: '全体村民', pictures: ['visit', 'visit'], money: [30_000, 100_000] }),
  deed('culture', ['建{n}个灯光球场', '{by}在{spot}建{n}个带灯的球场，晚上开到九点半。'], [1, 2, 1, '个'],
    ['地面浇好，{d}个在装灯。'], '{n}个球场晚上都亮灯，天天有人打球。', { forWords: '全体村民', pictures: ['darkLamp', 'litLamp'], money: [90_000, 220_000] }),
];
