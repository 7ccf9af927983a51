"""Rules that bind levels: how much, how many, what share."""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from reportparse import patterns
from reportparse.lexicon import Endings, alternatives, table
from reportparse.records.drafts import Bound, Draft, State
from reportparse.records.filing import (
    Filed,
    file_under,
    hold,
    long_span,
    name_text,
    period_here,
    preliminary_name,
    share_named,
    status_of,
)
from reportparse.records.naming import (
    before_predicate,
    doing,
    ends_in_verb,
    goes_on,
    hands_over,
    measure_of,
    phrases,
    read_name,
    tidy,
    trim,
    without_joiner,
    without_own_region,
)
from reportparse.records.tokens import Token, cues
from reportparse.rules import rule

Match = re.Match[str]


def group(state: State, match: Match, name: str) -> list[Token]:
    """The tokens of a named group."""
    a, b = match.span(name)
    return state.tokens[a:b] if a >= 0 else []


def one(state: State, match: Match, name: str) -> Token | None:
    """The first token of a named group, where it took part."""
    a, b = match.span(name)
    return state.tokens[a] if a < b else None


@cache
def counted_units() -> frozenset[str]:
    """The measure words that count things, in their canonical spelling."""
    return frozenset(table("counted")["units"])


def is_count(token: Token) -> bool:
    """Is the amount a number of things, with a measure word or bare 万?"""
    mention = token.mention
    if mention is None:
        return False
    return mention.canonical_unit in counted_units() or (mention.canonical_unit == "" and mention.unit in {"万", "亿", "百", "千", "百万", "千万"})


def is_share(token: Token) -> bool:
    """Is it a percentage?"""
    return token.mention is not None and token.mention.unit in {"%", "‰"}


@rule(r"(?P<name>N)?(?P<pre>[TVEGPB]*)(?P<size>A)(?P<goal>N)(?P<note>O)?")
def target_in_hand(match: Match, state: State) -> Bound | None:
    """`完成国家下达的95%以上的考核目标`: the number in a target is the target."""
    goal, size = one(state, match, "goal"), one(state, match, "size")
    if goal is None or size is None or not goal.text.startswith("的") or not any(w in goal.text for w in ("目标", "任务", "要求", "标准线")):
        return None
    name = one(state, match, "name")
    text = name_text(name)
    handed_down = text is not None and _without_tail(text) == text and _hands_down(text)
    filed = file_under(state, None) if text is None or state.scope.indicator and handed_down else file_under(state, _without_tail(text))
    period, _ = period_here(state, group(state, match, "pre"))
    exact = size.mention is not None and size.mention.bound in {"more_than", "less_than"} and state.view[: size.start].endswith(("高于", "低于"))
    draft = Draft("quantity", size, filed.indicator, filed.subject, period, "target", tie="target_of", tied_to=state.scope.level, exact=exact)
    scope = replace(state.scope, indicator=filed.indicator, own_name=True, pending=None)
    return Bound((draft,), scope)


def _hands_down(text: str) -> bool:
    return any(w in text for w in ("下达", "完成", "要求", "规定", "确定"))


def _without_tail(text: str | None) -> str | None:
    if not text:
        return text
    for word in ("预计可完成", "可完成", "完成", "高于", "低于", "达到"):
        at = text.find(word)
        if at > 2:
            return text[:at]
    return text


@rule(r"(?P<name>N)?(?P<pre>[TVEGPWFBZX]*)(?P<budget>U)(?P<post>[VE]*)(?P<amount>A)(?P<note>O)?")
def share_of_budget(match: Match, state: State) -> Bound | None:
    """`为预算的102.1%`: a rate of completion of what was named."""
    budget, amount = one(state, match, "budget"), one(state, match, "amount")
    if budget is None or amount is None:
        return None
    filed = file_under(state, name_text(one(state, match, "name")))
    period, _ = period_here(state, group(state, match, "pre"))
    word = budget.text.strip("的")
    base = filed.indicator or ""
    if "预算" in word:
        kind = "调整预算" if "调整" in word else "变动预算" if "变动" in word else "年初预算" if "年初" in word else "预算"
        indicator = f"{base}完成{kind}比例"
    elif word[:1] in "完占为达":
        indicator = f"{base}{word if word[0] in '完占' else '完成' + word.lstrip('为达到')}比例"
    else:
        indicator = f"{base}完成{word}比例"
    status = status_of(state, kinds=match["pre"], period=period)
    draft = Draft("quantity", amount, indicator, filed.subject, period, status, tie="share_of", tied_to=state.scope.level)
    scope = state.scope
    if filed.named:
        scope = replace(scope, indicator=base, own_name=True, pending=None)
    return Bound((draft,), scope)


def _is_beside(state: State, match: Match, amount: Token, note: Token | None, noun: Token) -> bool:
    """Does the noun stand right after the count, so that it may be what is counted?"""
    if noun.start != (note.end if note else _end_of(amount)) or (note and len(note.text) > _SHORT_NOTE):
        return False
    after = state.tokens[match.end()] if match.end() < len(state.tokens) else None
    return not (noun.text.startswith(_AND) and after is not None and after.kind == "A")  # 新建学校5所和医院3家


def _said_after(state: State, match: Match, noun: Token) -> str | None:
    """The noun after a count, without the report's own place and with what it shares with the next."""
    said = trim(noun.text)
    if said in table("phrases")["no_names"]:
        return None
    if not (said.startswith("全国") and state.region != "中国"):
        said = without_own_region(said)
    if goes_on(said) and _next_kind(state, match) == "A":
        said = without_joiner(said)  # 困难家庭和|240万户…
    if said in table("phrases")["member_limits"] and (shared := _noun_after_next(state, match)):
        said += shared  # 20个国家级、19个省级重点县
    return said


def _placed_after(state: State, match: Match) -> str:
    """The place of rank that the noun after a count has reached, in its own words: 7个设区市水质|进入全国前十."""
    row = state.tokens[match.end():match.end() + 2]
    if [t.kind for t in row] != ["K", "R"] or not phrases().predicate.match(state.view, row[0].start):
        return ""
    return state.view[row[0].start:row[1].end]


def _next_kind(state: State, match: Match) -> str | None:
    return state.tokens[match.end()].kind if match.end() < len(state.tokens) else None


@rule(r"(?P<name>N)?(?P<pre>[TVEGPFBZXSWK]*)(?P<amount>A)(?P<note>O)?(?P<noun>N)")
def count_before_noun(match: Match, state: State) -> Bound | None:
    """`妥善处置4起一般等级突发环境事件`, `改造2.5万套(间)危旧房`: the thing counted stands after the count."""
    amount, noun, note = one(state, match, "amount"), one(state, match, "noun"), one(state, match, "note")
    if amount is None or noun is None or not _is_beside(state, match, amount, note, noun):
        return None
    name = one(state, match, "name")
    text = name_text(name)
    counted = is_count(amount)
    if text and counted and (onto := _ONTO.search(text)):  # 财政部门对|其中|219个项目: who acts is no limit of what is counted
        text, name = None, replace(name, text=name.text[: name.text.rfind(onto[0])]) if name else None
    if not counted and not (is_share(amount) and text is None and "V" not in match["pre"]):
        return _money_before_noun(match, state, amount, noun, text)
    said = _said_after(state, match, noun)
    if not said:
        return None
    counted_too = _NUMBER_OF.search(said)
    if counted_too:
        said = said[: counted_too.start()]  # 7家企业上榜…、数量居全国第2
    given = any(t.text == "为" for t in group(state, match, "pre")) and before_predicate(said) != said  # 为2家银行争取补充资本金
    did_so = "V" in match["pre"] and not given or phrases().predicate.match(noun.text)
    if text and not read_name(text, state.region).indicator:
        text = None  # 全省125个国控断面
    if text is None and did_so and state.scope.pending and counted:
        text = read_name(state.scope.pending, state.region).indicator or None
    if text and _is_measure(text) and not ends_in_verb(text):
        return None
    filed = file_under(state, text) if text else file_under(state, None)
    period, _ = period_here(state, group(state, match, "pre"))
    status = status_of(state, text, kinds=match["pre"], period=period)
    if phrases().predicate.match(noun.text):
        said = noun.text
    raw = state.view[name.start:max(amount.mention.full_start, name.end) if amount.mention else amount.start] if name else None
    placed = _placed_after(state, match) if counted and text is None and not counted_too else ""
    indicator = said + "比例" if is_share(amount) else counted_thing(raw, text, said + placed, figure_follows=_figure_follows(state, match))
    if text and any(word in said for word in _STEPS):
        indicator = text  # 跨越3个千亿元台阶 says how far the thing named before has come
    draft = Draft("quantity", amount, indicator, filed.subject, period, status)
    whole = f"{text}{raw[-1]}{said}" if text and raw and raw.endswith(("的", "等")) else text + said if text and text.endswith(_limits()) else said
    if counted_too:
        whole = indicator + counted_too[0].strip("、")
    measured = before_predicate(said)
    scope = state.scope
    if measure_of(measured) and not measure_of(indicator):
        scope = replace(scope, counted_by=measured)
    return Bound((draft,), replace(scope, indicator=indicator, own_name=True, pending=whole))


@cache
def _limits() -> tuple[str, ...]:
    return tuple(w for w in table("phrases")["member_limits"] if w.endswith(("级", "型")))


_ONTO = patterns.compile(r"(?:对|把|将|为|给|向)(?:其中|全[国省市区县州盟旗])?(?:的)?\Z")
def _noun_after_next(state: State, match: Match) -> str | None:
    """The noun of the next count of a list, without its own limit."""
    row = state.tokens[match.end():match.end() + 3]
    if [t.kind for t in row] != ["J", "A", "N"]:
        return None
    noun = trim(row[2].text)
    own = max((w for w in table("phrases")["member_limits"] if noun.startswith(w)), key=len, default="")
    return before_predicate(noun[len(own):]) if own else None


_NUMBER_OF = patterns.compile(r"、(?:数量|总数|总量|家数|总数量)\Z")
_STEPS = ("台阶", "大关", "关口", "门槛")
def _end_of(amount: Token) -> int:
    """Where an amount ends, with the bound word after it."""
    return max(amount.end, amount.mention.full_end if amount.mention else 0)


_SHORT_NOUN, _SHORT_VERB = 3, 8
_STATES = ("环境空气质量", "空气质量", "水质", "状况", "环境质量", "环境", "质量", "工作")


@cache
def _heads() -> tuple[str, ...]:
    return tuple(table("phrases")["counted_heads"])


def _state_at_end(thing: str) -> str | None:
    """What of a counted thing is measured or judged, and not counted: 断面|水质, 城市|空气质量."""
    return next((s for s in _STATES if thing.endswith(s)), None) or measure_of(thing)


_LONG_LIMIT = 40


@cache
def counted_head() -> re.Pattern[str]:
    """A thing that is counted, up to its head."""
    return patterns.compile(f"[^,，、]{{0,8}}?(?:{alternatives(table('phrases')['counted_heads'])})")


def _figure_follows(state: State, match: Match) -> bool:
    """Is the noun after the count also the name of the next figure?"""
    at = match.end()
    return at < len(state.tokens) and state.tokens[at].kind in "DHVWBAFY"


def counted_thing(raw: str | None, text: str | None, said: str, *, figure_follows: bool = False) -> str:
    """The thing counted with what limits it: what it did, as `…的` before it, or the noun phrase before the count.

    >>> counted_thing(None, None, "设区市完成声环境功能区划分")
    '完成声环境功能区划分的设区市'
    >>> counted_thing("妥善处置", "妥善处置", "一般等级突发环境事件")
    '一般等级突发环境事件'
    """
    if raw and goes_on(raw):
        text = raw = None  # another item of a list
    thing = before_predicate(said)
    if thing.endswith("中") and thing == said.rstrip("的") and len(thing) > 2 and not thing.endswith(("高中", "初中")):
        thing = said = thing.removesuffix("中")
    did = said[len(thing):].strip("的")
    if not thing or phrases().predicate.match(said):
        return (text or "") + said
    if text and (verb := phrases().count_verb.search(text)):
        did_so = f"{did}的" if did and len(did) <= _LONG_LIMIT else ""
        return verb[0] + did_so + thing
    measure = measure_of(thing) if figure_follows else None
    head = counted_head().match(thing) if measure or did else None
    if head and measure:
        thing, did = head[0], ""
    elif head and (state := _state_at_end(thing)) and head.end() < len(thing):
        whole = thing[: -len(state)]
        thing, did = (whole, state + did) if whole.endswith(_heads()) else (head[0], thing[head.end():] + did)
    elif measure and len(thing) > len(measure) + 1:
        thing = thing[: -len(measure)]  # 17个传统制造业增加值增长…: the industries are counted
        did = ""
    if did and ((raw and raw.endswith("等")) or (text and "、" in text)) and len(did) <= _LONG_LIMIT and not figure_follows:
        return f"{did}的{thing}"  # 思哲睿等5户企业入选…: the names are some of those counted
    if raw and raw.endswith(("的", "等")) and len(raw) <= _LONG_LIMIT:
        return (text or "") + raw[-1] + thing
    if text and not ends_in_verb(text) and len(text) <= _LONG_LIMIT:
        return text + thing
    if did and len(did) <= _LONG_LIMIT:
        return f"{did}的{thing}"
    if text and len(thing) <= _SHORT_NOUN:
        return (text if len(text) <= _SHORT_VERB else text[-2:]) + thing  # 惠及家庭 says more than 家庭
    return thing


def _is_measure(text: str) -> bool:
    return bool(phrases().measure.of(text))


_DURATION = patterns.compile(r"(?:每|[一二三四五六七八九十]+|\d+)年(?:来|间|内)?(?:共|累计)?(?:安排|投入)?")


def _money_before_noun(match: Match, state: State, amount: Token, noun: Token, text: str | None) -> Bound | None:
    """`给予1000万元奖补资金`, `发现了72.4米的望天树`: the verb before hands over what stands after."""
    said = trim(without_joiner(noun.text) if _next_kind(state, match) == "A" else noun.text)
    parts = state.scope.in_parts or "Z" in match["pre"]
    if text is None and parts and state.scope.own_name and noun.text.startswith(_FOR) and (whole := state.scope.indicator):
        return _part_for(match, state, amount, _shortened(trim(noun.text)), whole)
    if text is not None and _DURATION.fullmatch(text) and noun.text.startswith(("支持", "用于")):
        said, text = noun.text, None
    elif not said or phrases().predicate.match(said) or said.startswith(("用于", "支持", "以上", "资金支持")):
        return None
    act = next((t.text for t in group(state, match, "pre") if t.kind == "E"), None)
    if text is not None and act and text.endswith("财政") and hands_over(act):
        return _done_to(match, state, amount, text + before_predicate(said))  # 中央财政安排1000亿元专项奖补资金
    if text is not None and not hands_over(text) and not noun.text.startswith("的"):
        done = ends_in_verb(text) and not _is_measure(text) and len(text) <= _SHORT_CLAUSE and not is_share(amount)
        if not done or not before_predicate(said) or said.startswith(_NO_THING):
            return None
        return _done_to(match, state, amount, text + before_predicate(said))  # 累计贯通69公里岸线
    if text is not None and _is_measure(text) and not hands_over(text):
        return None
    filed = file_under(state, text)
    period, _ = period_here(state, group(state, match, "pre"))
    verb = phrases().count_verb.search(text) if text else None
    indicator = (verb[0] if verb else "") + before_predicate(said)
    draft = Draft("quantity", amount, indicator, filed.subject, period, status_of(state, text, kinds=match["pre"], period=period))
    return Bound((draft,), replace(state.scope, indicator=indicator, own_name=True, pending=None))


_FOR = ("用于", "支持", "投向")


def _part_for(match: Match, state: State, amount: Token, purpose: str, whole: str) -> Bound:
    """`其中12亿元用于家电以旧换新,3亿元支持设备更新`: parts of one sum, told apart by what they are for."""
    period, _ = period_here(state, group(state, match, "pre"))
    thing = whole.rpartition("的")[2] if whole.startswith(_FOR) else whole
    indicator = f"{purpose}的{thing}"
    draft = Draft(
        "quantity", amount, indicator, state.scope.whose, period, status_of(state, kinds=match["pre"], period=period),
        tie="part_of" if state.scope.sum else None, tied_to=state.scope.whole or state.scope.sum,
    )
    return Bound((draft,), replace(state.scope, pending=None, in_parts=True, whole=state.scope.whole or state.scope.sum))


def _shortened(purpose: str) -> str:
    """A purpose that lists too much, cut where its list may end."""
    if len(purpose) <= _LONG_PURPOSE:
        return purpose.rstrip("的等")
    cut = purpose.rfind("、", _FIRST_ITEM, _LONG_PURPOSE)
    return purpose[: cut if cut > 0 else _LONG_PURPOSE]


_LONG_PURPOSE, _FIRST_ITEM = 40, 8


def as_turned(filed: Filed, pre: list[Token]) -> Filed:
    """What a budget became (执行中调整为28.6亿元) is filed as 调整预算 or 变动预算."""
    said = next((t.text[:2] for t in pre if t.kind == "W" and t.text[:2] in {"调整", "变动", "变更"}), None)
    indicator = filed.indicator.removesuffix("预算") if filed.indicator else None
    if said is None or not indicator or not indicator.endswith(("收入", "支出")):
        return filed
    return replace(filed, indicator=f"{indicator}{'调整' if said == '调整' else '变动'}预算")


def _stands_alone(text: str) -> bool:
    """Is the name whole without the verb of the item before: has it a verb of its own, and no adjective (创新型企业), or is it a bare head (总量)?"""
    if text in phrases().bare or text in phrases().leaning:
        return True
    if text.startswith(tuple(table("phrases")["not_new"])):
        return True
    return (ends_in_verb(text[:2]) or text[:2] in cues().letter) and text[2:3] not in "型性式化级类"


def _is_multiple(amount: Token) -> bool:
    return amount.mention is not None and amount.mention.unit == "倍"


@cache
def _flowing() -> Endings:
    return Endings(table("phrases")["flows"])


def _flows(indicator: str | None) -> bool:
    """Is it made or moved over a year, and not there on a day: 出栏, 产量?"""
    return indicator is not None and bool(_flowing().of(indicator))


_SHORT_CLAUSE, _SHORT_THING = 12, 6
_AND, _SHORT_NOTE = ("和", "及", "与"), 2
_NO_THING = ("后", "以来", "按", "以下", "以上", "之后", "左右", "用于", "支持", "解决")


def _done_to(match: Match, state: State, amount: Token, indicator: str) -> Bound:
    """What was done to the thing whose size is stated."""
    filed = file_under(state, indicator)
    period, _ = period_here(state, group(state, match, "pre"))
    status = status_of(state, indicator, kinds=match["pre"], period=period)
    draft = Draft("quantity", amount, filed.indicator, filed.subject, period, status)
    return Bound((draft,), replace(state.scope, indicator=filed.indicator, own_name=True, pending=None))


_BOUNDED = patterns.compile(r"[VWE]")


@cache
def _growing() -> Endings:
    return Endings(table("phrases")["amounts_only"])


def _grows(indicator: str | None) -> bool:
    """Is it measured in money or weight, so that a bare percentage can only be its rise (制造业增加值7.1%)?"""
    return indicator is not None and "占" not in indicator and bool(_growing().of(indicator))


@cache
def _purposes() -> re.Pattern[str]:
    words = table("phrases")
    adverbs = alternatives(words["purpose_adverbs"])
    return patterns.compile(
        f"[,，、]?(?:{adverbs})*(?:用于|用以|集中财力)?(?:将(?P<what>[^,，。；;、\\d]{{2,30}}?)(?P<up>提高|提升|增加)|"
        f"(?P<for>(?:{alternatives(words['purposes'])})[^,，。；;：:(（]{{2,60}}))"
    )


def _purpose_after(state: State, amount: Token) -> str | None:
    """`投入42.6亿元,协同推进污染防治`: what bare money is for stands in the next clause."""
    found = _purposes().match(state.view, _end_of(amount))
    if not found:
        return None
    return _shortened(_FROM_HERE.sub("", found["for"])) if found["for"] else found["up"] + found["what"]


_FROM_HERE = patterns.compile(r"(?<=...)(?:由每|由\d|从\d).*\Z")


_OVER_YEARS = patterns.compile(r"累计|年均|[五5]年|合计完成")


def _over_years(text: str | None, pre: list[Token]) -> bool:
    """Does the figure add up, or is it a mean of, the years of the review (累计完成, 年均)?"""
    return bool(text and _OVER_YEARS.search(text)) or any(t.kind == "B" and (t.word == "cumulative" or t.text == "年均") for t in pre)


_PLANNED = patterns.compile(r"(?:年初预算|调整预算|变动预算|年度预算|预算安排)数?(?:合计|总计)?\Z|(?<=收入|支出)预算数?(?:合计|总计)?\Z")


def _of_the_plan(indicator: str | None) -> str | None:
    """What a plan was for: 税收收入 of 税收收入年初预算数, whose figures are of the same thing."""
    return _PLANNED.sub("", indicator) or indicator if indicator and "预算" in indicator else indicator


_ACCOUNTS = frozenset({"收入", "支出"})
_IN_ALL = frozenset({"共计", "总共", "一共"})


@rule(r"(?P<name>N)(?P<pre>[V]*)(?P<amount>A)(?P<noun>N)")
def share_before_noun(match: Match, state: State) -> Bound | None:
    """`占全市零售额比重为7.2%的家电类商品零售额`: a share that stands before what has it."""
    name, amount, noun = one(state, match, "name"), one(state, match, "amount"), one(state, match, "noun")
    text = name_text(name)
    if name is None or amount is None or noun is None or text is None or not is_share(amount):
        return None
    if not text.startswith("占") or not noun.text.startswith("的"):
        return None
    filed = file_under(state, tidy(noun.text))
    period, _ = period_here(state, [])
    indicator = share_named((filed.indicator or "") + text, amount)
    draft = Draft("quantity", amount, indicator, filed.subject, period, status_of(state, text, period=period))
    return Bound((draft,), replace(state.scope, indicator=filed.indicator, own_name=True, pending=tidy(noun.text)))


@rule(r"(?P<name>N)\((?P<pre>[V]*)(?P<amount>A)\)")
def aim_in_bracket(match: Match, state: State) -> Bound | None:
    """`控制在国家下达目标(0.1%)以内`: the aim for what was measured before, in a bracket."""
    name, amount = one(state, match, "name"), one(state, match, "amount")
    if name is None or amount is None or not state.scope.own_name or not name.text.endswith(tuple(table("cues")["aims_at_end"])):
        return None
    filed = file_under(state, None)
    indicator = state.scope.indicator or filed.indicator
    period, _ = period_here(state, [])
    draft = Draft("quantity", amount, indicator, state.scope.whose, period, "target", tie="target_of", tied_to=state.scope.level)
    return Bound((draft,), state.scope)


@rule(r"(?P<name>N)(?P<pre>[TVEGPWFBZXKS]*)(?P<amount>A)(?P<note>O)?")
def name_then_amount(match: Match, state: State) -> Bound | None:
    """`地区生产总值达到4689.55亿元`: a level after its name."""
    name, amount = one(state, match, "name"), one(state, match, "amount")
    if name is None or amount is None:
        return None
    text = name_text(name)
    pre = group(state, match, "pre")
    if text and len(text) <= _SHORT_THING and is_count(amount) and next((t.text for t in pre if t.kind == "E"), None) == "完成":
        text = text + "完成"
    if text in _ACCOUNTS and any(t.text in _IN_ALL for t in pre):
        text += "总计"
    unit = amount.mention.canonical_unit if amount.mention else None
    verb = _verb_of(read_name(text, state.region).indicator if text else None, amount)
    joined = match.start() > 0 and state.tokens[match.start() - 1].kind == "J"
    if joined and text and state.scope.verb and not verb and (is_count(amount) or unit == state.scope.level_unit) and not _stands_alone(text):
        text = state.scope.verb + text
    filed = file_under(state, text, unit)
    if filed.subject == "全国" and is_count(amount) and text and text.startswith("全国") and not measure_of(text):
        filed = replace(filed, indicator="全国" + (filed.indicator or ""), subject=None)  # 全国重点实验室8家: a name
    filed = as_turned(filed, pre)
    period, said = period_here(state, pre, name, of_times=_is_multiple(amount))
    if said is None and period and period.endswith("-12-31") and state.scope.period == period and _flows(filed.indicator):
        period = period[:4]  # 年末生猪存栏…;生猪出栏…: what went on in a year has no last day
    if (span := long_span(state)) and state.scope.period is None and said is None and (
        _over_years(text, pre) or (text and phrases().count_verb.match(text))
    ):
        period = f"{span[0]}/{span[1]}"
    note = one(state, match, "note")
    status = status_of(state, name.text, note.text if note else None, kinds=match["pre"], period=period)
    price = price_basis(note.text if note else "")
    if is_share(amount) and amount.mention and amount.mention.unit == "%" and _grows(filed.indicator) and not _BOUNDED.search(match["pre"]):
        draft = Draft(
            "change", amount, filed.indicator, filed.subject, period, status, basis="year_on_year",  # as bare rates are
            price_basis=price, flags=(*filed.flags, "implied_change"),
        )  # fmt: skip
        return Bound((draft,), replace(hold(state, state.scope, filed, text), indicator=filed.indicator, own_name=True, pending=None))
    parts = state.scope.in_parts and state.scope.whole and _one_measure(unit, state.scope.whole_unit)
    draft = Draft(
        "quantity", amount, filed.indicator, filed.subject, period, status, price_basis=price, flags=filed.flags,
        tie="part_of" if parts else None, tied_to=state.scope.whole if parts else None,
    )
    if _needs_purpose(filed.indicator, pre) and (purpose := _purpose_after(state, amount)):
        filed = replace(filed, indicator=purpose + (filed.indicator or ""))
        draft = replace(draft, indicator=filed.indicator)
    scope = state.scope
    drafts = (draft, *_streaks(state, match, draft))
    holds = status == "preliminary" and (note is None or preliminary_name(name.text))
    return Bound(drafts, replace(
        hold(state, scope, filed, text), indicator=_of_the_plan(filed.indicator), own_name=True, pending=None,
        period=said if said and not scope.period else scope.period,
        verb=verb or (scope.verb if joined else None),
        status=status if holds else scope.status,
    ))  # fmt: skip


_OF_PLACES = frozenset({"个", "家", "所", "处", "户", "座"})


def _one_measure(unit: str | None, whole: str | None) -> bool:
    """Are a part and its whole stated in one unit, or counted by words for places that are used for each other (机构5个,其中医院3家)?"""
    return unit == whole or {unit, whole} <= _OF_PLACES


def _verb_of(text: str | None, amount: Token) -> str | None:
    """The verb of counting that opens a name, or of doing before what is counted: 新增 of 新增学位, 建成 of 建成公园."""
    found = phrases().count_verb.match(text) if text else None
    if found is None and text and is_count(amount):
        found = doing().match(text)
    return found[0] if found and not found[0].endswith(_HAVING) else None


_HAVING = ("拥有", "聚集", "集聚")


def _needs_purpose(indicator: str | None, pre: list[Token]) -> bool:
    """Is it money of which only the giver or the giving is named: 投入, 中央财政安排?"""
    return indicator in table("phrases")["bare_funds"] or indicator is not None and indicator.endswith("财政") and any(t.kind == "E" for t in pre)


def _streaks(state: State, match: Match, level: Draft) -> tuple[Draft, ...]:
    """`粮食产量连续13年稳定在430亿斤以上`: the years, as a quantity of what went on for so long."""
    years = next((t for t in group(state, match, "pre") if t.kind == "S"), None)
    if years is None:
        return ()
    lasted = f"{level.indicator or ''}{state.view[years.end:_end_of(level.token)]}"
    return (replace(level, token=years, indicator=lasted, tie=None, tied_to=None, flags=("bare_streak",)),)


@rule(r"(?P<pre>[TVEGPWFBZXK]*)(?P<amount>A)(?P<note>O)?")
def bare_amount(match: Match, state: State) -> Bound | None:
    """`…,达到72亿元`: a level that leaves its name to the clause before."""
    amount = one(state, match, "amount")
    if amount is None:
        return None
    filed = file_under(state, None)
    pre = group(state, match, "pre")
    acted = next((t.text for t in pre if t.kind == "E" and "完成" in t.text), None)
    if acted and state.scope.thing and is_count(amount) and state.scope.own_name:
        filed = replace(filed, indicator="完成" + state.scope.thing)  # 反馈的62项整改任务,已完成58项
    period, _ = period_here(state, pre, of_times=_is_multiple(amount))
    note = one(state, match, "note")
    status = status_of(state, note.text if note else None, kinds=match["pre"], period=period)
    price = price_basis(note.text if note else "")
    in_all = any(t.word == "cumulative" for t in pre)
    if filed.indicator and (in_all or filed.indicator.endswith(_NEW)) and not filed.named:
        whole = state.scope.thing if filed.indicator == state.scope.counted else None
        filed = replace(filed, indicator=in_all_of(whole or filed.indicator))  # 新建绿道137公里,累计达到2136公里
    filed = as_turned(filed, pre)
    if acted and is_share(amount) and filed.indicator and not _is_ratio(filed.indicator):
        filed = replace(filed, indicator=f"{filed.indicator}完成{_plan_spoken_of(state)}比例")  # 保工资125927万元,完成97.97%
    act = next((t.text for t in pre if t.kind == "E"), None)
    if act and act in table("phrases")["bare_funds"] and not is_count(amount) and (purpose := _purpose_after(state, amount)):
        filed = replace(filed, indicator=purpose + act, named=True, flags=())
    draft = Draft("quantity", amount, filed.indicator, filed.subject, period, status, flags=filed.flags, price_basis=price)
    scope = state.scope
    own = scope.own_name or filed.named
    return Bound((draft,), replace(scope, indicator=_of_the_plan(filed.indicator), pending=None, own_name=own))


_NEW = ("新增", "净增")
_NEWLY = patterns.compile(r"(?:(?:新|净|再)[增建设签引创培认开获推登改出制]{1,2}|完成)(?=[\u4e00-\u9fff“]{2})|(?<=..)(?:新增|净增)\Z")


def in_all_of(indicator: str) -> str:
    """What there is of a thing that was just counted anew: 制度创新案例 of 制度创新案例新增, 适老化改造 of 完成适老化改造.

    >>> in_all_of("制度创新案例新增"), in_all_of("完成适老化改造"), in_all_of("城镇新增就业")
    ('制度创新案例', '适老化改造', '城镇新增就业')
    """
    opened = _NEWLY.match(indicator)
    return _NEWLY.sub("", indicator[opened.end():] if opened else indicator) if opened or indicator.endswith(_NEW) else indicator


def _is_ratio(indicator: str) -> bool:
    return indicator.endswith(("率", "比", "比例", "比重", "占比", "度", "指数"))


_OF_PLAN = patterns.compile(r"完成([^完]{0,6}(?:预算|计划|任务|目标))比例\Z")


def _plan_spoken_of(state: State) -> str:
    """The plan that the sentence measured by before, or 预算 in a report on accounts."""
    found = next((found for said in reversed(state.scope.here) if (found := _OF_PLAN.search(said))), None)
    return found[1] if found else "预算" if state.accounts else ""


def price_basis(text: str) -> str | None:
    """`按不变价格计算` is constant, `现价` current.

    >>> price_basis("按不变价格计算"), price_basis("按现价计算"), price_basis("同比")
    ('constant', 'current', None)
    """
    if not text:
        return None
    if any(word in text for word in table("prices")["constant"]):
        return "constant"
    if any(word in text for word in table("prices")["current"]):
        return "current"
    return None


@rule(r"(?P<pre>[TVEGPFBZXWKN]*)(?P<streak>S)(?P<what>N)")
def negated_streak(match: Match, state: State) -> Bound | None:
    """`连续10年未发生较大突发环境事件`: a number of years without a ranking."""
    streak, what = one(state, match, "streak"), one(state, match, "what")
    if streak is None or what is None:
        return None
    period, _ = period_here(state, group(state, match, "pre"))
    name = next((t for t in group(state, match, "pre") if t.kind == "N"), None)
    filed = file_under(state, name_text(name))
    lead = filed.indicator if name is not None and filed.named and filed.indicator else ""
    clause = _CLAUSE.match(state.view, what.start)
    indicator = lead + tidy(clause[0] if clause else what.text)
    draft = Draft("quantity", streak, indicator, filed.subject, period, state.scope.status or state.setting.status)
    return Bound((draft,), replace(state.scope, indicator=indicator, pending=what.text))


_CLAUSE = patterns.compile(r"(?:[^,，;；。:：()（）]|[(（][^()（）]*[)）]){1,40}")


@rule(r"(?P<streak>S)")
def bare_streak(match: Match, state: State) -> Bound | None:
    """`连续五年` with nothing ranked after it: a quantity of years, doubtful."""
    streak = one(state, match, "streak")
    if streak is None:
        return None
    filed = file_under(state, None)
    period, _ = period_here(state, [])
    draft = Draft("quantity", streak, filed.indicator, filed.subject, period, state.scope.status or state.setting.status, flags=("bare_streak",))
    return Bound((draft,), state.scope)


@rule(r"(?P<name>N)(?P<pre>[VE]*)(?P<budget>A)(?P<of>V)(?P<share>A)")
def budget_then_share(match: Match, state: State) -> Bound | None:
    """`为年初预算2737000万元的97.38%`: the budget itself, and how much of it was reached."""
    name, budget, of, share = (one(state, match, g) for g in ("name", "budget", "of", "share"))
    if name is None or budget is None or share is None or of is None or of.text != "的" or not is_share(share):
        return None
    said = cues().budget.search(name.text)
    if not said:
        return None
    before = tidy(name.text[: said.start()])
    filed = file_under(state, before or None)
    kind = said[0].removeprefix(said["verb"] or "").strip("的")
    period, _ = period_here(state, [])
    base, status = filed.indicator or "", state.scope.status or state.setting.status
    drafts = (
        Draft("quantity", budget, base + kind, filed.subject, period, "target"),
        Draft(
            "quantity", share, f"{base}完成{kind}比例", filed.subject, period, status,
            tie="share_of", tied_to=state.scope.level,
        ),
    )
    return Bound(drafts, replace(state.scope, indicator=base, own_name=True, pending=None))


@rule(r"(?P<name>N)?(?P<pre>[TVEGP]*)(?P<act>D)(?P<amount>A)(?P<noun>N)")
def act_on_amount(match: Match, state: State) -> Bound | None:
    """`巩固提升80万亩蔬菜基地`: a verb of change that does something to a thing of that size; no base, no difference."""
    amount, noun, act = one(state, match, "amount"), one(state, match, "noun"), one(state, match, "act")
    if amount is None or noun is None or act is None or amount.mention is None or len(act.text) < 2 or is_share(amount):
        return None
    if noun.start != max(amount.end, amount.mention.full_end) or amount.mention.unit in table("differences")["units"]:
        return None
    text = name_text(one(state, match, "name"))
    if text and not ends_in_verb(text) and not is_count(amount):
        return None
    said = trim(noun.text)
    if not said or phrases().predicate.match(said):
        return None
    period, _ = period_here(state, group(state, match, "pre"))
    indicator = (text or "") + act.text + before_predicate(said)
    draft = Draft("quantity", amount, indicator, state.scope.subject, period, status_of(state, text, kinds=match["pre"], period=period))
    return Bound((draft,), replace(state.scope, indicator=indicator, own_name=True, pending=said))


ACTS = [act_on_amount]
RULES = [
    target_in_hand, budget_then_share, share_of_budget, negated_streak, share_before_noun, aim_in_bracket, count_before_noun,
    name_then_amount, bare_amount, bare_streak,
]  # fmt: skip
