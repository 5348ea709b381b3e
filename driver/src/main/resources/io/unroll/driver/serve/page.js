'use strict';

const $ = id => document.getElementById(id);
// Surprise of a token in nats, from which on it has the next shade.
const SHADES = [1, 2.5, 4, 6];
let model = null;
let running = null;

function show(id, visible) { $(id).hidden = !visible; }

function shade(loss) { return 's' + (1 + SHADES.filter(from => loss >= from).length); }

function percent(probability) {
  return probability >= 0.001 ? (100 * probability).toFixed(1) + ' %' : probability.toExponential(1);
}

function append(text, kind, loss) {
  const span = document.createElement('span');
  span.textContent = text;
  span.className = kind || (loss === undefined ? '' : shade(loss));
  if (loss !== undefined) span.title = 'probability ' + percent(Math.exp(-loss)) + ', ' + loss.toFixed(2) + ' nats';
  $('text').append(span);
}

function begin(title) {
  show('error', false);
  show('answer', true);
  show('legend', false);
  $('answer-title').textContent = title;
  $('text').replaceChildren();
  $('picture').replaceChildren();
  $('facts').textContent = '';
}

function fail(message) {
  $('error').textContent = message;
  show('error', true);
}

async function ask(path, body) {
  running = new AbortController();
  const answer = await fetch(path, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body), signal: running.signal,
  });
  if (!answer.ok) throw new Error((await answer.json()).error.message);
  return answer;
}

async function* events(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    held += value;
    const parts = held.split('\n\n');
    held = parts.pop();
    for (const part of parts) {
      const data = part.replace(/^data: /, '');
      if (data === '[DONE]') return;
      yield JSON.parse(data);
    }
  }
}

async function write() {
  begin('What the model writes');
  append($('input').value, 'given');
  const body = {
    prompt: $('input').value, max_tokens: Number($('length').value), temperature: Number($('temperature').value),
    top_p: Number($('top-p').value), stream: true, logprobs: 0,
  };
  if ($('seed').value !== '') body.seed = Number($('seed').value);
  const started = performance.now();
  let tokens = 0, loss = 0, seed = '', pending = 0;
  show('legend', true);
  for await (const event of events(await ask('/v1/completions', body))) {
    const choice = event.choices[0];
    seed = event.seed;
    for (const value of choice.logprobs.token_logprobs) { tokens++; loss -= value; pending = Math.max(pending, -value); }
    if (choice.text) { append(choice.text, '', pending); pending = 0; }
    const seconds = (performance.now() - started) / 1000;
    $('facts').textContent = tokens + ' tokens, ' + (tokens / seconds).toFixed(0) + ' per second; '
      + (tokens ? (loss / tokens).toFixed(3) : '0') + ' nats per token; seed ' + seed;
  }
}

async function score() {
  begin('How surprised the model is');
  const answer = await (await ask('/v1/score', {text: $('input').value})).json();
  for (const token of answer.tokens) append(token.text || token.token, '', token.loss);
  show('legend', true);
  $('facts').textContent = answer.tokens.length + ' tokens; ' + answer.loss.toFixed(3) + ' nats per token; perplexity '
    + answer.perplexity.toFixed(2);
}

function labelled(prediction) {
  if (prediction.tags) {
    prediction.words.forEach((word, x) => { append(word); append(prediction.tags[x], 'tag'); });
  } else if (prediction.label !== null) {
    append(prediction.label);
    $('facts').textContent = 'probability ' + percent(prediction.probability);
  }
}

function svg(name, attributes, text) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
}

// Rows: what was written; columns: what was read; the darker, the more weight.
function draw(attention) {
  const cell = 24, letter = 8;
  const left = 12 + letter * Math.max(...attention.written.map(text => text.length));
  const top = 12 + letter * Math.max(...attention.read.map(text => text.length));
  const width = left + cell * attention.read.length + top / 2 + 12;
  const height = top + cell * attention.written.length + 12;
  const picture = svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'Alignment'});
  attention.read.forEach((text, x) => picture.append(
    svg('text', {transform: `translate(${left + cell * x + 12} ${top - 6}) rotate(-60)`}, text)));
  attention.written.forEach((text, y) => {
    picture.append(svg('text', {x: left - 6, y: top + cell * y + 16, 'text-anchor': 'end'}, text));
    attention.weights[y].forEach((weight, x) => {
      const square = svg('rect', {x: left + cell * x, y: top + cell * y, width: cell, height: cell, 'fill-opacity': weight});
      square.append(svg('title', {}, `${text}, ${attention.read[x]}: ${percent(weight)}`));
      picture.append(square);
    });
  });
  $('picture').append(picture);
}

async function predict() {
  const writes = model.purpose === 'text';
  begin(writes ? 'What the model writes' : 'What the model says');
  const body = {input: $('input').value};
  if (writes) { body.beam = Number($('beam').value); body.attention = model.attention; }
  const prediction = (await (await ask('/v1/predict', body)).json()).predictions[0];
  if (!writes) { labelled(prediction); return; }
  if (prediction.written === null) return;
  append(prediction.written);
  $('facts').textContent = 'log-probability per token ' + prediction.score.toFixed(3)
    + (prediction.attention ? '; rows: written; columns: read; darker: more weight' : '');
  if (prediction.attention) draw(prediction.attention);
}

async function run(action) {
  if (running) return;
  running = new AbortController();
  $('run').disabled = $('score').disabled = true;
  show('stop', true);
  try {
    await action();
  } catch (error) {
    if (error.name !== 'AbortError') fail(error instanceof TypeError ? 'The server cannot be reached.' : error.message);
  } finally {
    running = null;
    $('run').disabled = $('score').disabled = false;
    show('stop', false);
    document.body.dataset.done = String(Number(document.body.dataset.done || 0) + 1);
  }
}

async function load() {
  try {
    model = (await (await fetch('/v1/models')).json()).data[0];
  } catch (error) {
    $('about').textContent = '';
    fail('The server cannot be reached.');
    return;
  }
  const language = model.purpose === 'language';
  $('name').textContent = model.id;
  document.title = model.id + ' · Unroll';
  const does = {language: 'writes text', labels: 'labels texts', tags: 'tags words', text: 'writes about what it reads'};
  $('about').textContent = 'It ' + does[model.purpose] + ': ' + model.parameters.toLocaleString('en') + ' parameters, '
    + model.vocabulary.toLocaleString('en') + ' tokens.';
  $('input-label').textContent = language ? 'Prompt' : 'Text';
  $('run').textContent = language ? 'Write' : {labels: 'Label', tags: 'Tag', text: 'Write'}[model.purpose];
  show('settings', language);
  show('score', language);
  show('search', model.purpose === 'text');
  document.body.dataset.ready = 'true';
}

$('form').addEventListener('submit', event => {
  event.preventDefault();
  run(model.purpose === 'language' ? write : predict);
});
$('score').addEventListener('click', () => run(score));
$('stop').addEventListener('click', () => running && running.abort());
$('input').addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) $('form').requestSubmit();
});
load();
