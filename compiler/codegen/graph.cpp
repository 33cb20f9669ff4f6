#include <fmt/format.h>
#include <llvm/IR/Module.h>

#include <map>

#include "compiler/codegen/graph_kernel.h"
#include "compiler/codegen/native_code_generator.h"
#include "compiler/diagnostics/kinds/code.h"
#include "compiler/kernel/graph_layout.h"
#include "compiler/kernel/graph_passes.h"
#include "compiler/kernel/graph_term.h"

namespace mlw::codegen {
namespace {

using kernel::Graph;
using kernel::Operand;
using kernel::TensorNode;
using kernel::Value;

/// Emits the module of a planned graph: one internal function for each kind of node, and the entry that calls them in
/// order.
class GraphEmitter {
 public:
  GraphEmitter(llvm::Module& module, const Graph& graph, const Target& target)
      : module_(module), graph_(graph), target_(target), entry_(module.getContext()), functions_(module) {}

  void emit() {
    llvm::Type* pointer = entry_.getPtrTy();
    const auto type = llvm::FunctionType::get(entry_.getInt32Ty(), {pointer, pointer, pointer, pointer}, false);
    auto* function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, Jit::entry_name, module_);
    entry_.SetInsertPoint(llvm::BasicBlock::Create(module_.getContext(), "entry", function));
    find_memory(function);
    convert_scalars(function->getArg(2));
    llvm::Value* status = entry_.getInt32(0);
    for (size_t i = 0; i < graph_.nodes.size(); ++i)
      if (llvm::Value* own = call(static_cast<Value>(i))) status = entry_.CreateOr(status, own);
    entry_.CreateRet(status);
  }

 private:
  /// Where each value's elements begin; views begin where their source does.
  void find_memory(llvm::Function* function) {
    memory_.resize(graph_.nodes.size());
    const auto pointer_of = [&](unsigned argument, size_t i) {
      llvm::Value* slot = entry_.CreateConstGEP1_64(entry_.getPtrTy(), function->getArg(argument), i);
      return entry_.CreateLoad(entry_.getPtrTy(), slot);
    };
    for (size_t i = 0; i < graph_.inputs.size(); ++i) memory_[graph_.inputs[i]] = pointer_of(0, i);
    for (size_t i = 0; i < graph_.outputs.size(); ++i) memory_[graph_.outputs[i].value] = pointer_of(1, i);
    for (size_t i = 0; i < graph_.nodes.size(); ++i) {
      const int64_t offset = graph_.memory.offsets[i];
      if (offset >= 0)
        memory_[i] = entry_.CreateConstGEP1_64(entry_.getInt8Ty(), function->getArg(3), static_cast<uint64_t>(offset));
    }
    for (size_t i = 0; i < graph_.nodes.size(); ++i)
      memory_[i] = memory_[kernel::owner_of(graph_, static_cast<Value>(i))];
  }

  /// The scalar arguments in their own types, in slots of 8 bytes.
  void convert_scalars(llvm::Value* arguments) {
    scalars_ = entry_.CreateAlloca(entry_.getInt64Ty(), entry_.getInt64(graph_.scalars.size()));
    for (size_t i = 0; i < graph_.scalars.size(); ++i) {
      llvm::Value* given =
          entry_.CreateLoad(entry_.getDoubleTy(), entry_.CreateConstGEP1_64(entry_.getDoubleTy(), arguments, i));
      ExpressionEmitter emitter(entry_, 1, [&](kernel::Expression) { return given; });
      llvm::Value* value =
          emitter.emit(kernel::convert(kernel::argument(kernel::Type::f64, 0), graph_.scalars[i].type));
      entry_.CreateStore(value, entry_.CreateConstGEP1_64(entry_.getInt64Ty(), scalars_, i));
    }
  }

  Source source_of(const Operand& operand, size_t loops, std::vector<llvm::Value*>& pointers) const {
    if (operand.is_scalar()) return {graph_.scalars[operand.scalar].type, operand.scalar, {}, nullptr, nullptr};
    pointers.push_back(memory_[operand.value]);
    return {graph_[operand.value].type, -1, kernel::loop_strides(graph_, operand, loops), nullptr, nullptr};
  }

  /// What the kernel of a node is made of, and the memory that it is called with.
  KernelPlan plan_of(Value value, std::vector<llvm::Value*>& pointers) const {
    const TensorNode& node = graph_[value];
    KernelPlan plan{kernel::loops_of(node),
                    static_cast<int>(node.shape.size()),
                    {},
                    {node.type, -1, kernel::row_major(node.shape), nullptr, nullptr}};
    plan.result.strides.resize(plan.extents.size(), 0);
    pointers.push_back(memory_[value]);
    if (const auto* gather = std::get_if<kernel::Gather>(&node.work))
      return row_plan(value, gather->table, gather->index, value, pointers);
    if (const auto* scatter = std::get_if<kernel::ScatterAdd>(&node.work))
      return row_plan(value, scatter->updates, scatter->index, scatter->updates, pointers);
    for (const kernel::Term* term : kernel::terms_of(node)) {
      Factor factor{term->expression, {}};
      for (const Operand& operand : term->operands)
        factor.sources.push_back(source_of(operand, plan.extents.size(), pointers));
      plan.factors.push_back(std::move(factor));
    }
    return collapsed(std::move(plan));
  }

  /// `listed`: the side that has a row for every index.
  KernelPlan row_plan(Value value, Value rows, Value index, Value listed, std::vector<llvm::Value*>& pointers) const {
    const int64_t count = kernel::elements(graph_[index].shape);
    int64_t length = 1;
    const kernel::Shape& shape = graph_[listed].shape;
    for (size_t d = graph_[index].shape.size(); d < shape.size(); ++d) length *= shape[d];
    const kernel::Type type = graph_[value].type;
    for (const Value read : {rows, index}) pointers.push_back(memory_[read]);
    const Factor factor{kernel::argument(type, 0),
                        {{type, -1, {length, 1}, nullptr, nullptr}, {kernel::Type::i32, -1, {1, 0}, nullptr, nullptr}}};
    return {{count, length}, 2, {factor}, {type, -1, {length, 1}, nullptr, nullptr}};
  }

  /// Calls the node's kernel; its status when it has one.
  llvm::Value* call(Value value) {
    const TensorNode& node = graph_[value];
    if (std::holds_alternative<kernel::Input>(node.work) || std::holds_alternative<kernel::View>(node.work))
      return nullptr;
    std::vector<llvm::Value*> pointers{scalars_};
    KernelPlan plan = plan_of(value, pointers);
    // Maps that walk through memory without gaps share code, whatever their extent: it comes behind the pointers.
    const bool is_map = std::holds_alternative<kernel::Map>(node.work);
    if (is_map && plan.extents.empty()) add_axis_of_one(plan);
    const bool flat = is_map && is_flat(plan);
    if (flat) {
      pointers.push_back(entry_.getInt64(static_cast<uint64_t>(plan.extents[0])));
      plan.extents[0] = 0;
    }
    llvm::Function*& kernel = kernels_[description(node, plan)];
    if (!kernel) kernel = make_kernel(node, plan, pointers, flat);
    llvm::Value* result = entry_.CreateCall(kernel, pointers);
    return kernel->getReturnType()->isVoidTy() ? nullptr : result;
  }

  /// One element as a vector of one, so that it shares the code of vectors.
  static void add_axis_of_one(KernelPlan& plan) {
    plan.extents = {1};
    plan.outputs = 1;
    plan.result.strides = {1};
    for (Factor& factor : plan.factors)
      for (Source& source : factor.sources)
        if (source.scalar < 0) source.strides = {1};
  }

  /// Equal descriptions are equal kernels.
  std::string description(const TensorNode& node, const KernelPlan& plan) const {
    std::string text = fmt::format("{} {}", node.work.index(), plan.outputs);
    const auto add = [&](const std::vector<int64_t>& numbers) {
      text += " (";
      for (const int64_t number : numbers) text += fmt::format(" {}", number);
      text += ")";
    };
    const auto add_source = [&](const Source& source) {
      text += fmt::format(" {} {}", name(source.type), source.scalar);
      add(source.strides);
    };
    add(plan.extents);
    add_source(plan.result);
    for (const Factor& factor : plan.factors) {
      text += " " + to_text(factor.expression);
      for (const Source& source : factor.sources) add_source(source);
    }
    if (const auto* reduce = std::get_if<kernel::Reduce>(&node.work))
      text += fmt::format(" {} {}", static_cast<int>(reduce->reduction), static_cast<int>(reduce->order));
    if (const auto* contract = std::get_if<kernel::Contract>(&node.work))
      text += fmt::format(" {}", static_cast<int>(contract->order));
    if (const auto* gather = std::get_if<kernel::Gather>(&node.work))
      text += fmt::format(" {}", graph_[gather->table].shape[0]);
    if (std::holds_alternative<kernel::ScatterAdd>(node.work)) text += fmt::format(" {}", node.shape[0]);
    return text;
  }

  static bool has_status(const TensorNode& node) {
    return std::holds_alternative<kernel::Gather>(node.work) || std::holds_alternative<kernel::ScatterAdd>(node.work);
  }

  llvm::Function* make_kernel(const TensorNode& node, KernelPlan plan, const std::vector<llvm::Value*>& arguments,
                              bool flat) {
    llvm::LLVMContext& context = module_.getContext();
    llvm::IRBuilder<> builder(context);
    llvm::Type* result = has_status(node) ? static_cast<llvm::Type*>(builder.getInt32Ty()) : builder.getVoidTy();
    std::vector<llvm::Type*> types;
    for (llvm::Value* argument : arguments) types.push_back(argument->getType());
    const auto type = llvm::FunctionType::get(result, types, false);
    auto* function = llvm::Function::Create(type, llvm::GlobalValue::InternalLinkage,
                                            fmt::format("kernel{}", kernels_.size()), module_);
    function->addFnAttr(llvm::Attribute::NoInline);
    builder.SetInsertPoint(llvm::BasicBlock::Create(context, "entry", function));
    unsigned next = 1;
    plan.result.base = function->getArg(next++);
    for (Factor& factor : plan.factors)
      for (Source& source : factor.sources) {
        if (source.scalar < 0) {
          source.base = function->getArg(next++);
        } else {
          llvm::Value* slot = builder.CreateConstGEP1_64(builder.getInt64Ty(), function->getArg(0),
                                                         static_cast<uint64_t>(source.scalar));
          source.value = builder.CreateLoad(llvm_type(builder, source.type), slot);
        }
      }
    if (flat) plan.count = function->getArg(next);
    KernelEmitter emitter(builder, target_, functions_);
    llvm::Value* status = emit_work(emitter, node, plan);
    if (status)
      builder.CreateRet(status);
    else
      builder.CreateRetVoid();
    return function;
  }

  llvm::Value* emit_work(KernelEmitter& emitter, const TensorNode& node, const KernelPlan& plan) const {
    if (const auto* gather = std::get_if<kernel::Gather>(&node.work))
      return emit_gather(emitter, plan, graph_[gather->table].shape[0]);
    if (std::holds_alternative<kernel::ScatterAdd>(node.work)) return emit_scatter_add(emitter, plan, node.shape[0]);
    if (std::holds_alternative<kernel::Map>(node.work)) emit_map(emitter, plan);
    if (const auto* reduce = std::get_if<kernel::Reduce>(&node.work))
      emit_reduce(emitter, plan, reduce->reduction, reduce->order);
    if (const auto* contract = std::get_if<kernel::Contract>(&node.work)) emit_contract(emitter, plan, contract->order);
    return nullptr;
  }

  llvm::Module& module_;
  const Graph& graph_;
  const Target& target_;
  llvm::IRBuilder<> entry_;
  std::vector<llvm::Value*> memory_;
  llvm::Value* scalars_ = nullptr;
  std::map<std::string, llvm::Function*> kernels_;
  FunctionLibrary functions_;
};

}  // namespace

std::shared_ptr<const CompiledGraph> NativeCodeGenerator::compile(const kernel::Graph& graph) {
  // The training profile is made of fused multiply-adds: without the instruction each would be a call that is not
  // there.
  if (!host().fused_multiply_add) fail(kinds::machine_not_supported, {{"reason", "training needs fused multiply-add"}});
  const Graph own = kernel::adopted(graph);
  const Graph planned = own.planned() ? own : kernel::lower(own);
  const auto emit = [&](llvm::Module& module) { GraphEmitter(module, planned, host()).emit(); };
  auto compiled = std::make_shared<CompiledGraph>();
  compiled->run = reinterpret_cast<CompiledGraph::Function>(jit_.load("graph\n" + to_text(planned), emit).entry);
  compiled->arena_bytes = planned.memory.arena_bytes;
  return compiled;
}

}  // namespace mlw::codegen
