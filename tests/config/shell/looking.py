"""What can be measured about a page in a browser, and what can be read in its source."""

import re
from collections import Counter

from playwright.sync_api import Page

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
PART_CONTRAST = 3  # WCAG 2.2, 1.4.11

FORBIDDEN = re.compile(r"\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|<style|javascript:|(?:src|href)=\"(?:https?:)?//")

CONTRASTS = r"""() => {
 const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
 const rgba = c => {canvas.clearRect(0,0,1,1);canvas.fillStyle='#000';canvas.fillStyle=c;canvas.fillRect(0,0,1,1);
  const d=canvas.getImageData(0,0,1,1).data;return [d[0],d[1],d[2],d[3]/255]};
 const over = (f,b) => [0,1,2].map(i => f[i]*f[3]+b[i]*(1-f[3])).concat(1);
 const light = c => {const f=c.slice(0,3).map(v=>{v/=255;return v<=.04045?v/12.92:((v+.055)/1.055)**2.4});
  return .2126*f[0]+.7152*f[1]+.0722*f[2]};
 const ratio = (a,b) => {const x=light(a),y=light(b);return (Math.max(x,y)+.05)/(Math.min(x,y)+.05)};
 const behind = el => {const layers=[];for(let e=el;e;e=e.parentElement){const c=rgba(getComputedStyle(e).backgroundColor);
  if(c[3]>0){layers.push(c);if(c[3]===1)break}}let b=[255,255,255,1];for(const c of layers.reverse())b=over(c,b);return b};
 const found = [];
 const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
 for (let n; n = walker.nextNode();) {const el = n.parentElement;
  if (!n.data.trim() || el.closest('.sprite, .sr, .skip, option, title, script') || !el.getClientRects().length) continue;
  const s = getComputedStyle(el), svg = el.closest('svg');
  const ground = behind(svg ? svg.parentElement : el);
  found.push(['text', n.data.trim().slice(0, 40), ratio(over(rgba(svg ? s.fill : s.color), ground), ground)])}
 for (const el of document.querySelectorAll('.input, .select, .textarea'))
  found.push(['border', el.id || el.name, ratio(rgba(getComputedStyle(el).borderTopColor), behind(el.parentElement))]);
 return found}"""

SMALL_TARGETS = r"""least => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].flatMap(el => {
  if (!el.getClientRects().length || el.closest('.skip, .sprite') || getComputedStyle(el).display === 'inline') return [];
  const target = el.matches('input[type=checkbox], input[type=radio]') ? el.closest('.choice, label') || el : el;
  const box = target.getBoundingClientRect();
  return box.width && box.height < least ? [`${el.tagName} ${el.className} ${el.textContent.trim().slice(0, 30)} ${box.height}`] : []})"""


def poor_contrasts(page: Page) -> list[str]:
    """Return the texts and borders of the page that are too faint, in the theme that it shows now."""
    least = {"text": TEXT_CONTRAST, "border": PART_CONTRAST}
    measured = page.evaluate(CONTRASTS)
    assert measured, "the page has no text to measure"
    return [f"{kind} {what!r}: {ratio:.2f}" for kind, what, ratio in measured if ratio < least[kind]]


def small_targets(page: Page, least: float) -> list[str]:
    """Return the controls lower than so many pixels; links within a sentence may be (WCAG 2.2, 2.5.8)."""
    return list(page.evaluate(SMALL_TARGETS, least))


def scrolls_sideways(page: Page) -> bool:
    """Return whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def faults_of_source(html: str) -> list[str]:
    """Return what our policy would block, and every reference to an id or icon that the page does not have."""
    ids = re.findall(r'\bid="([^"]+)"', html)
    faults = [f"not allowed by our policy: {found}" for found in FORBIDDEN.findall(html)]
    faults += [f"id twice: {name}" for name, times in Counter(ids).items() if times > 1]
    for attribute, names in re.findall(r'\b(for|aria-describedby|aria-labelledby|popovertarget)="([^"]+)"', html):
        faults += [f"{attribute} points to nothing: {name}" for name in names.split() if name not in ids]
    faults += [f"a link to nothing here: #{name}" for name in re.findall(r'href="#([^"]+)"', html) if name not in ids]
    return faults
