// C++: the threads of our kernels. A part of `kernelAddon`.

export const THREAD_POOL = String.raw`
// Threads of our own: a kernel has no access to TensorFlow's through the C API. Work is cut into items by shapes alone and
// every item writes its own part, so results do not depend on who computes what, nor on the number of threads.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>
#include <pthread.h>
#include <unistd.h>

namespace radiograft {

inline void rest() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

struct Job {
  void (*run)(void*, int64_t);
  void* body;
  int64_t items;
  std::atomic<int64_t> next{0};
  std::atomic<int64_t> done{0};
  std::atomic<bool> failed{false};
  std::exception_ptr error;  // of the first item that failed; read once all are done
  // Nothing is thrown here: on a worker it would end the process, and on the caller leave a job behind whose body is gone.
  void work() {
    for (int64_t i; (i = next.fetch_add(1)) < items;) {
      try {
        if (!failed.load(std::memory_order_relaxed)) run(body, i);
      } catch (...) {
        if (!failed.exchange(true)) error = std::current_exception();
      }
      done.fetch_add(1, std::memory_order_release);
    }
  }
};

class Pool {
 public:
  explicit Pool(int workers) : pid_(getpid()) {
    try {
      for (int i = 0; i < workers; i++) threads_.emplace_back([this] { loop(); });
    } catch (const std::system_error&) {
      // The system gives no more threads: fewer do the same work.
    }
  }
  ~Pool() {
    // In a forked child the threads do not exist.
    if (getpid() != pid_) {
      for (auto& t : threads_) t.detach();
      return;
    }
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    wake_.notify_all();
    for (auto& t : threads_) t.join();
  }
  pid_t pid() const { return pid_; }
  void run(int64_t items, void (*f)(void*, int64_t), void* body) {
    auto job = std::make_shared<Job>();
    job->run = f;
    job->body = body;
    job->items = items;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      jobs_.push_back(job);
    }
    wake_.notify_all();
    job->work();
    while (job->done.load(std::memory_order_acquire) < items) rest();
    {
      std::lock_guard<std::mutex> lock(mutex_);
      for (auto i = jobs_.begin(); i != jobs_.end(); ++i)
        if (*i == job) {
          jobs_.erase(i);
          break;
        }
    }
    if (job->error) std::rethrow_exception(job->error);
  }

 private:
  std::shared_ptr<Job> open() {
    for (auto& job : jobs_)
      if (job->next.load() < job->items) return job;
    return nullptr;
  }
  void loop() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      if (auto job = open()) {
        lock.unlock();
        job->work();
        job.reset();
        lock.lock();
        continue;
      }
      if (stop_) return;
      wake_.wait(lock);
    }
  }
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Job>> jobs_;
  std::vector<std::thread> threads_;
  bool stop_ = false;
  const pid_t pid_;
};

// Read once, by the first kernel that runs, as TensorFlow does: JavaScript may write to the environment while kernels run.
inline int thread_count() {
  static const int count = [] {
    const char* set = std::getenv("TF_NUM_INTRAOP_THREADS");
    const int wanted = set ? std::atoi(set) : 0;
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    return wanted > 0 ? wanted : cores > 0 ? cores : 1;
  }();
  return count;
}

inline Pool* pool() {
  static std::mutex mutex;
  static std::unique_ptr<Pool> made;
  std::lock_guard<std::mutex> lock(mutex);
  if (made && made->pid() != getpid()) made.release();  // a forked child: those threads are the parent's
  if (!made) made.reset(new Pool(thread_count() - 1));
  return made.get();
}

// Calls body(i) for every item, on this thread and the others. What an item throws is thrown here, once none runs any more.
template <typename F>
void parallel(int64_t items, F&& body) {
  if (items <= 1 || thread_count() == 1) {
    for (int64_t i = 0; i < items; i++) body(i);
    return;
  }
  using Body = typename std::remove_reference<F>::type;
  pool()->run(items, [](void* f, int64_t i) { (*static_cast<Body*>(f))(i); }, const_cast<void*>(static_cast<const void*>(&body)));
}

}  // namespace radiograft
`
