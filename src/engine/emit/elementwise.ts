/** Emits an element-wise function of vectors. */
import type { BinaryFunction, Elementwise, UnaryFunction } from '../operations';
import { f32x4, type Expression, type SimdFlavor } from './instructions';
import { exp, log, sigmoid, tanh } from './math';
import type { FunctionBuilder } from './wasm';

/** @param applied a function of locals */
export function emitElementwise(f: FunctionBuilder, flavor: SimdFlavor, applied: Elementwise<Expression>): Expression {
  const one = f.splat(1);
  switch (applied.kind) {
    case 'unary':
      return emitUnary(f, flavor, applied.f, applied.inputs[0]);
    case 'binary': {
      const [a, b] = applied.inputs;
      return emitBinary(applied.f, a, b, one);
    }
    case 'select': {
      const [condition, a, b] = applied.inputs;
      return f32x4.select(f32x4.ne(condition, f.splat(0)), a, b);
    }
  }
}

function emitUnary(f: FunctionBuilder, flavor: SimdFlavor, name: UnaryFunction, a: Expression): Expression {
  switch (name) {
    case 'identity':
      return a;
    case 'exp':
      return exp(f, flavor, a);
    case 'log':
      return log(f, flavor, a);
    case 'tanh':
      return tanh(f, flavor, a);
    case 'sigmoid':
      return sigmoid(f, flavor, a);
    case 'square':
      return f32x4.mul(a, a);
    case 'neg':
    case 'abs':
    case 'sqrt':
    case 'trunc':
      return f32x4[name](a);
  }
}

function emitBinary(name: BinaryFunction, a: Expression, b: Expression, one: Expression): Expression {
  switch (name) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
    case 'min':
      return f32x4[name](a, b);
    case 'equal':
      return f32x4.and(f32x4.eq(a, b), one);
    case 'notEqual':
      return f32x4.and(f32x4.ne(a, b), one);
    case 'less':
      return f32x4.and(f32x4.lt(a, b), one);
    case 'lessEqual':
      return f32x4.and(f32x4.le(a, b), one);
    case 'greater':
      return f32x4.and(f32x4.gt(a, b), one);
    case 'greaterEqual':
      return f32x4.and(f32x4.ge(a, b), one);
  }
}
