import {
  type CallExpression,
  type ExportDeclaration,
  type ImportDeclaration,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast';
import {
  isCallExpression,
  isElementAccessExpression,
  isExportDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isNamedExports,
  isNamedImports,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
} from 'typescript/unstable/ast/is';
import { environmentAllowedIn, fetchAllowedIn, isAllowed, type ModuleRule, moduleRules } from './rules.ts';

export interface Finding {
  path: string;
  line: number;
  message: string;
}

/** All places of one file that pass by the one door. `path` is from the project's root. */
export function findDetours(path: string, file: SourceFile): Finding[] {
  const findings: Finding[] = [];
  const report = (node: Node, message: string): void => {
    findings.push({ path, line: lineOf(file, node), message });
  };
  const visitor = new Visitor(path, report);
  const visit = (node: Node): void => {
    visitor.visit(node);
    node.forEachChild(visit);
  };
  visit(file);
  return findings;
}

function lineOf(file: SourceFile, node: Node): number {
  return file.text.slice(0, node.getStart(file)).split('\n').length;
}

class Visitor {
  readonly #path: string;
  readonly #report: (node: Node, message: string) => void;
  /** Local name → its own name, of what may be opened for reading only. */
  readonly #readers = new Map<string, string>();

  constructor(path: string, report: (node: Node, message: string) => void) {
    this.#path = path;
    this.#report = report;
  }

  visit(node: Node): void {
    if (isImportDeclaration(node)) this.#import(node);
    else if (isExportDeclaration(node)) this.#reexport(node);
    else if (isImportEqualsDeclaration(node)) this.#report(node, 'import … = require(…) is not used here');
    else if (isCallExpression(node)) this.#call(node);
    else this.#environment(node);
  }

  #ruleFor(specifier: Node | undefined): ModuleRule | undefined {
    if (!specifier || !isStringLiteral(specifier)) return undefined;
    const name = specifier.text;
    const rule = moduleRules.find(({ modules }) =>
      modules.some((module) => name === module || name.startsWith(`${module}/`)),
    );
    return rule && !isAllowed(this.#path, rule.allowedIn) ? rule : undefined;
  }

  #import(node: ImportDeclaration): void {
    this.#importOfProcess(node);
    const rule = this.#ruleFor(node.moduleSpecifier);
    const clause = node.importClause;
    if (!rule || clause?.phaseModifier === SyntaxKind.TypeKeyword) return;
    const bindings = clause?.namedBindings;
    if (!clause || clause.name || !bindings || !isNamedImports(bindings)) {
      this.#report(node, `import it by names, or not at all: ${rule.why}`);
      return;
    }
    for (const element of bindings.elements) {
      if (element.isTypeOnly) continue;
      const name = (element.propertyName ?? element.name).text;
      if (!rule.harmless?.includes(name)) this.#report(element, `${name} is not to be imported here: ${rule.why}`);
      else if (rule.readingOnly?.includes(name)) this.#readers.set(element.name.text, name);
    }
  }

  #importOfProcess(node: ImportDeclaration): void {
    const specifier = node.moduleSpecifier;
    if (!isStringLiteral(specifier) || !/^(node:)?process$/.test(specifier.text)) return;
    const bindings = node.importClause?.namedBindings;
    if (!bindings || !isNamedImports(bindings)) return;
    for (const element of bindings.elements) {
      if ((element.propertyName ?? element.name).text === 'env') this.#reportEnvironment(element);
    }
  }

  #reexport(node: ExportDeclaration): void {
    const rule = this.#ruleFor(node.moduleSpecifier);
    if (!rule || node.isTypeOnly) return;
    const clause = node.exportClause;
    const onlyTypes =
      clause !== undefined && isNamedExports(clause) && clause.elements.every((element) => element.isTypeOnly);
    if (!onlyTypes) this.#report(node, `it is not to be handed on: ${rule.why}`);
  }

  #call(node: CallExpression): void {
    const { expression } = node;
    const [first] = node.arguments;
    const isImport = expression.kind === SyntaxKind.ImportKeyword;
    const name = isIdentifier(expression) ? expression.text : '';
    if (isImport || /^(require|getBuiltinModule)$/.test(name) || isGetBuiltin(expression)) {
      const rule = this.#ruleFor(first);
      if (rule) this.#report(node, `it is not to be loaded here: ${rule.why}`);
      else if (!first || !isStringLiteral(first)) this.#report(node, 'a module is loaded by its name, written out');
    }
    if (isFetch(expression) && !isAllowed(this.#path, fetchAllowedIn)) {
      this.#report(node, 'fetch passes by the door: requests go through src/kube/client.ts');
    }
    const reader = this.#readers.get(name);
    if (reader !== undefined && !isReading(node)) {
      this.#report(node, `${reader} without flags or with 'r' only: files are written by src/platform/files.ts`);
    }
  }

  #environment(node: Node): void {
    const isEnv =
      (isPropertyAccessExpression(node) && isProcess(node.expression) && node.name.text === 'env') ||
      (isElementAccessExpression(node) && isProcess(node.expression)) ||
      (isVariableDeclaration(node) &&
        isObjectBindingPattern(node.name) &&
        node.initializer !== undefined &&
        isProcess(node.initializer));
    if (isEnv) this.#reportEnvironment(node);
  }

  #reportEnvironment(node: Node): void {
    if (!isAllowed(this.#path, environmentAllowedIn)) {
      this.#report(node, 'the environment is read by src/platform/config.ts alone');
    }
  }
}

function isProcess(node: Node): boolean {
  if (isIdentifier(node)) return node.text === 'process';
  return isPropertyAccessExpression(node) && isGlobal(node.expression) && node.name.text === 'process';
}

function isGlobal(node: Node): boolean {
  return isIdentifier(node) && (node.text === 'globalThis' || node.text === 'global');
}

function isFetch(node: Node): boolean {
  if (isIdentifier(node)) return node.text === 'fetch';
  return isPropertyAccessExpression(node) && isGlobal(node.expression) && node.name.text === 'fetch';
}

function isGetBuiltin(node: Node): boolean {
  return isPropertyAccessExpression(node) && isProcess(node.expression) && node.name.text === 'getBuiltinModule';
}

/** open(path), open(path, 'r'), createReadStream(path, {…}) without flags. */
function isReading(node: CallExpression): boolean {
  const [, flags] = node.arguments;
  if (flags === undefined) return true;
  if (isStringLiteral(flags)) return flags.text === 'r';
  const text = flags.getText();
  return flags.kind === SyntaxKind.ObjectLiteralExpression && !/\bflags\b|\.\.\./.test(text);
}
